"""Meetings, agendas, minutes, decisions, challenges, risks and scrutiny.

Not here: the actions that follow (plan), and the pack as a document (reports). Rule: only a minuted decision moves a
date, a target or a baseline.
"""
