"""Programs by other people, doing the same work as well as we can make them: ``measure(settings) -> numbers``.

They import nothing of the project but ``benchmarks.clock`` and ``benchmarks.graphs``, so that they run in any Python
that has them and NumPy.
"""
