"""Versions of things that named bodies, agencies and people must each agree: plans, thresholds, standards, indicators.

Not here: the decision of a meeting (governance, whose number is kept as a label), what the versions are about (the
rooms that propose them) and whether the notice asks for one (notice). Rule: not in force until every party that must
agree has; a changed word is a new version; who answered what is kept for good.
"""
