"""Every canonical table as a contract: its columns, types, key, code lists, and what an empty value (NULL) means.

A table of a load also has `row_number` (integer, 1 for the first in the file) and `unread` (the columns of which
something was sent that could not be understood; a conference's stand in its enquiry or episode); a table of a snapshot
also has `as_at` (date: when the load that supplied the row was true). The tables are in a file for each subject beside
this one. Not here: how a row is read (returns/), or two years merged (history.py). Rule: no name of a child and no free
text: a child is a reference; a worker is what the council writes, and stays in records (docs/decisions/0076).
SOURCE: the Standard Safeguarding Dataset's specification (table and column names, item references) and the DfE's CIN
census schemas (elements). N-numbers are those in the published validation rules; an element without one has none there.
"""

from holdfast.analytics.tables import oversight, people, programme, protection, referrals
from holdfast.analytics.tables.audits import AUDIT_TABLES
from holdfast.analytics.tables.benchmarks import BENCHMARKS
from holdfast.analytics.tables.looked_after import LOOKED_AFTER
from holdfast.analytics.tables.shapes import Column, ColumnType, Table
from holdfast.analytics.tables.workforce import WORKFORCE

__all__ = ["TABLES", "Column", "ColumnType", "Table"]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        people.PERSON,
        people.DISABILITY,
        referrals.CONTACTS,
        referrals.EARLY_HELP,
        referrals.EPISODES,
        referrals.ASSESSMENTS,
        referrals.FACTORS,
        referrals.CIN_PLANS,
        referrals.CIN_VISITS,
        protection.S47,
        protection.CONFERENCE,
        protection.CP_PLANS,
        protection.CP_REVIEWS,
        protection.CP_VISITS,
        protection.PRE_PROCEEDINGS,
        oversight.CASE_SUPERVISION,
        oversight.MANAGEMENT_DECISIONS,
        *LOOKED_AFTER,
        *WORKFORCE,
        *BENCHMARKS,
        programme.PLAN_ACTIONS,
        programme.REQUIREMENTS,
        programme.REQUIREMENTS_EVIDENCED,
        programme.MEETING_SEATS,
        *AUDIT_TABLES,
    )
}
