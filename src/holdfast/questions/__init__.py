"""Versioned question sets, for audits and surveys.

Not here: answers, which stay with the room that asked (audits, feedback). Rule: a version in use never changes.
Nothing is built here yet: the room is kept so that what comes later has its place.
"""
