"""Behaviour of parts: laws, networks and their simulation; knows arrays, not factories."""
