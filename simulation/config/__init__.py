"""From YAML to typed parameters: the schema, composition, overrides, plug-ins,
and every message about bad input.
"""
