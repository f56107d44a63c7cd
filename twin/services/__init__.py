"""Use cases: fetch, compute, save; own the session and its one commit."""
