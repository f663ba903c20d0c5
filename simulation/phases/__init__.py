"""The eleven phases of a step, one file each; two have rooms of their own,
``exposure`` and ``organisation``.
"""
