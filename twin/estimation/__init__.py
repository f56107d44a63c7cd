"""Finds where a plant is: hidden states, slow parameters and disturbances from what its sensors read."""
