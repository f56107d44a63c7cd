"""The networks behind corrections, one per file: how weights are named, started and penalised."""
