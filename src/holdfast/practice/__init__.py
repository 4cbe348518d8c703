"""Thresholds known and used alike: who was told, and what each agency decides of the same invented cases.

Not here: agreeing anything (agreements), measures of practice, which only a release has (performance), audits.
Rule: an agency's people see their own agency's until everybody may see all of it.
"""
