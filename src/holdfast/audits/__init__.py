"""The audit programme: samples, case-file, thematic, closure and multi-agency audits, moderation and findings.

Not here: question sets (questions) or actions (plan). Rule: auditor, moderator and final grade are three values.
Nothing is built here yet: the room is kept so that what comes later has its place.
"""
