"""One schema change a file."""
