"""Every read of the performance room. The first argument is the account (or SYSTEM); no permission, no answer.

By noun: returns and their faults, releases, indicators, the cases behind a figure, and whether the store is sound.
"""
