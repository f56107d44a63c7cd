"""What physics leaves unexplained: learned corrections, their training, intervals, baselines and artefact files."""
