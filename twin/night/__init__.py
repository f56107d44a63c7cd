"""One night: how good a day's log is, and what the morning's report says."""
