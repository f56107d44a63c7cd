"""The factory, and what we do with its model."""
