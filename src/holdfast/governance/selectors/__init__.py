"""Every read of the governance room, by noun. The first argument is the account (or SYSTEM); no permission, no answer.

Rule: the number of queries does not grow with the number of meetings, seats or entries.
"""
