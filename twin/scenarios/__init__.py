"""What if: interventions, paired worlds, verdicts."""
