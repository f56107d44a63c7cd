"""One file per resource: each route is one service call and one schema."""
