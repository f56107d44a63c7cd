"""The screen door: a Dash dashboard over the API."""
