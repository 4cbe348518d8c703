"""Supervision, caseload, induction, training, mentoring and the eight employer standards.

Not here: the content of supervision, which is never held. Rule: no measure of a named worker leaves the line.
Nothing is built here yet: the room is kept so that what comes later has its place.
"""
