"""Versions of things that named bodies and agencies must each agree: plans, thresholds, standards, targets.

Not here: the decision itself (governance). Rule: not in force until all have agreed; changed content is a new version.
Nothing is built here yet: the room is kept so that what comes later has its place.
"""
