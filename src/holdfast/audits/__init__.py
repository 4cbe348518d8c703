"""Case-file audits: their programme, who audits what, grades, moderation, children who may not be safe, what to do.

Not here: what is asked and its answers (questions), actions of the plan (plan), figures (performance, from extract.py).
Rule: the auditor's grade, the moderator's and the final one are three values; nobody audits what is theirs.
"""
