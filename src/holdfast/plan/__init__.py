"""The one action list: objectives, actions and milestones, each with an owner, an agency and a due date.

Not here: decisions that move a date (governance). Rule: the original due date is never overwritten.
"""
