"""Runs wear forward: when does what fail, and why."""
