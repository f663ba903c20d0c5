"""The user's own network, read from files: ``kind`` has its parameters, ``load`` reads,
the others do a part each.
"""
