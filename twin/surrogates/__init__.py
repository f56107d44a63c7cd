"""A fast stand-in for the engine on one plant: its training worlds, its errors, and plans made with it."""
