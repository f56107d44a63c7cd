"""Types of material flow, one file each."""
