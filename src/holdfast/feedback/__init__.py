"""Surveys and feedback of children, families, staff and partners.

Not here: the questions (questions). Rule: anonymity is set before launch and never loosened.
Nothing is built here yet: the room is kept so that what comes later has its place.
"""
