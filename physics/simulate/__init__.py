"""Runs compiled islands: integrators, rollouts, sensitivities, random streams."""
