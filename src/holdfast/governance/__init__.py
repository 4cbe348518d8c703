"""Meetings, agendas, minutes, decisions, challenges, risks and scrutiny.

Not here: the actions that follow (plan). Rule: only a minuted decision moves a date, a target or a baseline.
Nothing is built here yet: the room is kept so that what comes later has its place.
"""
