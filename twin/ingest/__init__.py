"""Raw log rows become readings in SI, or quarantine entries with a reason."""
