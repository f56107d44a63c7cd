"""Trials that every component type must pass: the shipped ones in the tests, a user's own when it is checked."""
