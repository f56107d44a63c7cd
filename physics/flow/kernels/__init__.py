"""What happens in one world, event by event, in the Python that Warp compiles; `native.py` makes C text of the same."""
