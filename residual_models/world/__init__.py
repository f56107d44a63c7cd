"""A compact latent model of a whole plant: much faster than the engine, and measured against it."""
