"""Properties that hold in every world, tried on small worlds that Hypothesis puts together."""
