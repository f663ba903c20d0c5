"""Many worlds by config alone: cells, paired worlds, their store, and the worker processes that run them."""
