"""Benchmarks: the engine and programs by other people on the same work, each measurement in a process of its own.

    python -m benchmarks            the whole table (docs/benchmarks.md)
    python -m benchmarks --quick    the same at small sizes, once each
    python -m benchmarks.phases     where a step's time goes
"""
