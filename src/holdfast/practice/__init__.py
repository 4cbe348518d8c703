"""Thresholds known and used alike; early help as each agency reports it; and why assessments are late, in codes.

Not here: agreeing anything (agreements), measures of practice, which only a release has (performance), audits.
Rule: an agency's people see their own agency's until everybody may see all of it.
"""
