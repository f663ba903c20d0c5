"""Numerics that know nothing of markets: compiled kernels, draws by address, quantiles, heaps,
sparse rows.
"""
