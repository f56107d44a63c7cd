"""Small networks whose output is a correction inside a law, one per file."""
