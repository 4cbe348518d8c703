"""Holdfast runs an Improvement Notice on evidence.

The rooms of the house, from the bottom up: analytics, access, organisation, performance, questions, agreements,
notice, plan, practice, audits, feedback, workforce, governance, reports, web. Imports go down that list, never up
and never sideways; DEVELOPERS.md gives the tour.
"""

__version__ = "0.1.0"
