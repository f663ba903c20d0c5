"""The eleven phases of a step, one file each; ``experience``, ``review``, ``exposure`` and
``organisation`` are rooms of their own, in which ``phase`` says the order.
"""
