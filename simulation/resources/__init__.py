"""What a run needs of the machine: an estimate before it starts, and what there is."""
