"""Data in, picture out: pure functions from the API's views to plotly figures and graph elements."""
