"""Tables, queries and sessions; the only room with SQLAlchemy models."""
