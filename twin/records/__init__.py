"""Frozen records that are handed along the walk from a sensor row to a picture."""
