"""Decides whether a candidate model replaces the champion."""
