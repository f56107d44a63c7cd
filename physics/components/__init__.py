"""Component types, one file each."""
