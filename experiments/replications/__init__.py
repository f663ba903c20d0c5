"""Replications of published results: one file each, made of config, a judgement and a figure."""

NAMES = ("bass", "ring", "watts", "percolation", "price", "bad_news", "acceleration", "influentials",
         "talk_of_the_network", "complex_contagion", "seeding", "virality", "opinion", "j_shape", "decline",
         "posting", "answering", "queue")
"""In the order of the gallery."""
