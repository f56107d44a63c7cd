"""Readings become windows on a regular time grid, with masks."""
