"""What a run leaves behind: recorded metrics, tables, summary, attribution,
and where they came from.
"""
