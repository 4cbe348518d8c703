"""Every read of the notice room. The first argument is the account (or SYSTEM); no permission, no answer.

By noun: the notice and its clauses, positions (where every requirement stands), one requirement, coverage and its gaps.
"""
