"""Programs by other people, doing the same work as well as we can make them: ``measure(settings) -> numbers``.

They import neither the engine nor anything but NumPy, their own package and ``benchmarks.clock`` and ``benchmarks.graphs``,
so that they run in any Python that has them.
"""
