"""Turns traced laws into code: symbols, Jacobian, sparsity, sources for Warp and torch."""
