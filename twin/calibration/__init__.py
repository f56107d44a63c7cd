"""Estimates parameters of parts from measurements."""
