"""Formulas over SymPy symbols that several components share."""
