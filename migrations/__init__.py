"""Schema changes of the database, in order; up and down."""
