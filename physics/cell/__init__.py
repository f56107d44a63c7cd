"""Robot cells: an arm, moving belts, boxes and a pallet, simulated in 3D by Genesis in a process of its own."""
