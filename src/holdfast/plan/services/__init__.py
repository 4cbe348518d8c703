"""Every write of the plan: adding to it, saying how far something has come, and loading a whole plan from a file.

Each checks the permission, refuses in plain words, and writes its one trail row. Not here: moving a date (a decision of
the Board, in governance). Rule: what somebody recorded is never taken back in silence.
"""
