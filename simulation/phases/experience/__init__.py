"""What owners meet, how good it was, and how that is felt: the rules and kernels of a phase."""
