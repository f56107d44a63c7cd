"""Scores forecasts when the truth has arrived."""
