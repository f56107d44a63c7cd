"""Runs the hybrid model forward beside what was measured."""
