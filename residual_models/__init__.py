"""What physics leaves unexplained; the only room with torch."""
