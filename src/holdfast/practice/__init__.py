"""Thresholds, the early help process, management-oversight standards, live worklists and closure checks.

Not here: measures of practice, which come only from a release (performance). Rule: a worklist says its
date. Nothing is built here yet: the room is kept so that what comes later has its place.
"""
