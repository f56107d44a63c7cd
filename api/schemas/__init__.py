"""What goes in and out over HTTP, as pydantic models that a program or the dashboard may import."""
