"""Returns in, releases out, scorecards and series: the only room that may import analytics, through its door.

Not here: what an indicator means (analytics) or what a figure means for the notice (notice). Rule: no indicator
value leaves except from a release, and every count passes through disclosure.
"""
