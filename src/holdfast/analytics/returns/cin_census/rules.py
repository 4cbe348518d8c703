"""The faults a CIN census reader can see at once, each with its words, and the cheap rules between a block's own dates.

Not here: the DfE's whole rule set, or anything that needs another child, another year or working days. SOURCE: the
published CIN census validation rules, by their codes. Rule: words never hold a value; NULL never breaks a rule.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from holdfast.analytics.faults import Severity


class Said(NamedTuple):
    """What a rule says when it speaks."""

    severity: Severity
    words: str
    census_rule: str = ""


EMPTY = "It is left empty; the rest of the row is kept."
RULES: dict[str, Said] = {
    "bad-date": Said("error", f"A date is not a real day between 1900 and 2100, written YYYY-MM-DD. {EMPTY}"),
    "bad-code": Said("error", f"A code is not in the census's list of any year. {EMPTY}"),
    "code-of-another-year": Said(
        "error", f"A code, or an element, is of another year's census than the one that the file is of. {EMPTY}"
    ),
    "bad-flag": Said("error", f"A yes-or-no value is not true, false, 1 or 0. {EMPTY}"),
    "bad-count": Said("error", f"A number is not a whole number from 0 to 9,999. {EMPTY}"),
    "bad-text": Said("error", f"A text is longer, or of another form, than the census allows. {EMPTY}"),
    "sexes-differ": Said(
        "error", "Sex and the older GenderCurrent are both given, and do not agree. Neither is used.", "4180"
    ),
    "empty-element": Said("query", "An element that should hold a value is empty. No row was made of it."),
    "empty-block": Said("query", "A record holds nothing at all. The row is kept, with nothing in it."),
    "missing": Said("error", "A value that the census requires is missing. The row is kept."),
    "repeated-element": Said(
        "error", "An element that may come once comes again with another value. The first is kept."
    ),
    "unknown-element": Said("query", "An element that the census does not have here. It was not read."),
    "other-letters": Said(
        "error", "An element's name differs from one of the census only in its capital letters. It was not read."
    ),
    "midnight": Said("query", "Dates carry a time of midnight. Each was read as its day."),
    "yes-and-no": Said("query", "Yes-or-no values are written Y or N. Each was read as true or false."),
    "other-name": Said("query", "Elements have a name of their own for one of the census. They were read as that."),
    "loose-factors": Said("query", "Factors stand directly inside their assessment. They were read as its factors."),
    "several-lists": Said(
        "query", "A list of codes is in several elements, one after another. It was read as one list."
    ),
    "unknown-attribute": Said(
        "query", "An element carries an attribute, which the census does not use. It was not read."
    ),
    "stray-text": Said("query", "Text stands between elements, where the census has none. It was not read."),
    "unkeyable": Said(
        "error", "The child has no reference that can be read, so this record could not be kept.", "8500"
    ),
    "header": Said("query", "The header does not say this as it should."),
    "header-differs": Said("query", "The header's Source blocks name more than one authority. The first is used."),
    "year-start": Said(
        "query",
        "The reference date is the first day of a census year: which day the file describes is not said.",
        "100",
    ),
    "part-year": Said("query", "The reference date is not 31 March: the file is read as part of a year.", "100"),
    "child-twice": Said(
        "error", "The child's reference was sent before. The first description is kept, and each episode once.", "8510"
    ),
    "episode-twice": Said(
        "error",
        "The child's record is sent twice, and an episode of this date is in both. Only the first is counted.",
        "8510",
    ),
    "reference-form": Said("error", "The child's reference is not letters and digits only.", "1580"),
    "reference-length": Said("error", "The child's reference is over 20 characters long.", "1570"),
    "no-disability": Said(
        "error", "A child in need with a date of birth has no disability recorded, and not 'none' either.", "8540"
    ),
    "referral-after-reference": Said("error", "The referral is dated after the day the file describes.", "8600"),
    "plan-after-reference": Said("error", "The child protection plan starts after the day the file describes.", "8720"),
    "in-need-plan-after-reference": Said(
        "error", "The child in need plan starts after the day the file describes.", "4010"
    ),
    "closed-before-referral": Said("error", "The episode closed before it was referred.", "8630"),
    "closed-without-reason": Said("error", "The episode closed without a reason.", "8805"),
    "no-primary-need": Said("error", "A referral that led to action has no primary need.", "8610"),
    "two-conferences": Said(
        "error", "An initial conference is recorded on the episode and on a section 47 enquiry too.", "2884"
    ),
    "nfa-with-activity": Said("error", "A referral with no further action has activity recorded.", "8831"),
    "assessment-backwards": Said("error", "The assessment ended before it started.", "8608"),
    "assessment-before-referral": Said("error", "The assessment started before the referral.", "1103"),
    "assessments-open": Said("error", "More than one assessment of the episode is open.", "8896"),
    "factors-and-none": Said("error", "The factor 'none identified' stands beside others.", "8869"),
    "factor-twice": Said("error", "The same factor is recorded twice for one assessment.", "8898"),
    "enquiry-before-referral": Said("error", "The section 47 enquiry started before the referral.", "2889"),
    "conference-before-referral": Said("error", "The initial conference was held before the referral.", "1104"),
    "conference-before-enquiry": Said("query", "The initial conference was held before the section 47 enquiry began."),
    "conference-at-weekend": Said("error", "The initial conference was on a Saturday or Sunday.", "8875"),
    "in-need-plan-backwards": Said("error", "The child in need plan ended before it started.", "4011"),
    "plan-same-day": Said("error", "The child protection plan started and ended on one day.", "8840"),
    "plan-backwards": Said("error", "The child protection plan ended before it started.", "8925"),
    "plans-open": Said("error", "More than one child protection plan of the child is open.", "8935"),
    "no-review-date": Said("query", "A group of reviews holds no date of a review.", "8842Q"),
    "review-not-after-start": Said("error", "A review is on or before the day the plan started.", "8841"),
    "disability-and-none": Said("error", "The disability 'none' stands beside others.", "8790"),
}
Spoken = list[tuple[str, str]]  # rule, column
SILENT: Spoken = []


def of_episode(row: Sequence[Any], reference: int) -> Spoken:
    """`row`: the episode's columns in the order of shapes.EPISODE. `reference`: the day the file describes."""
    referred, need, _, no_action, reason, closed, conference = row
    spoken = []
    if referred is not None and referred > reference:
        spoken.append(("referral-after-reference", "cine_referral_date"))
    if closed is not None:
        if referred is not None and closed < referred:
            spoken.append(("closed-before-referral", "cine_close_date"))
        if reason is None:
            spoken.append(("closed-without-reason", "cine_close_reason"))
    if need is None and no_action is False:
        spoken.append(("no-primary-need", "cine_cin_primary_need_code"))
    if conference is not None:
        spoken += _of_conference(conference, referred)
    return spoken


def _of_conference(held: int, referred: int | None) -> Spoken:
    spoken = []
    if referred is not None and held < referred:
        spoken.append(("conference-before-referral", "icpc_icpc_date"))
    if is_weekend(held):
        spoken.append(("conference-at-weekend", "icpc_icpc_date"))
    return spoken


def of_assessment(row: Sequence[Any], referred: int | None) -> Spoken:
    started, _, authorised = row
    if started is None:
        return SILENT
    spoken = []
    if authorised is not None and authorised < started:
        spoken.append(("assessment-backwards", "cina_assessment_auth_date"))
    if referred is not None and started < referred:
        spoken.append(("assessment-before-referral", "cina_assessment_start_date"))
    return spoken


def of_factors(found: Sequence[str | None]) -> Spoken:
    spoken = []
    if len(set(found)) < len(found):
        spoken.append(("factor-twice", "cinf_assessment_factor"))
    if "21" in found and len(found) > 1:
        spoken.append(("factors-and-none", "cinf_assessment_factor"))
    return spoken


def of_enquiry(row: Sequence[Any], referred: int | None) -> Spoken:
    started, _, _, conference = row
    spoken = []
    if started is not None:
        if referred is not None and started < referred:
            spoken.append(("enquiry-before-referral", "s47e_s47_start_date"))
        if conference is not None and conference < started:
            spoken.append(("conference-before-enquiry", "icpc_icpc_date"))
    if conference is not None:
        spoken += _of_conference(conference, referred)
    return spoken


def of_in_need_plan(row: Sequence[Any], reference: int) -> Spoken:
    started, ended = row
    if started is None:
        return SILENT
    spoken = []
    if started > reference:
        spoken.append(("in-need-plan-after-reference", "cinp_cin_plan_start_date"))
    if ended is not None and ended < started:
        spoken.append(("in-need-plan-backwards", "cinp_cin_plan_end_date"))
    return spoken


def of_protection_plan(row: Sequence[Any], reference: int) -> Spoken:
    started, ended = row[0], row[1]
    if started is None:
        return SILENT
    spoken = []
    if started > reference:
        spoken.append(("plan-after-reference", "cppl_cp_plan_start_date"))
    if ended is not None and ended <= started:
        spoken.append(("plan-same-day" if started == ended else "plan-backwards", "cppl_cp_plan_end_date"))
    return spoken


def is_weekend(days: int) -> bool:
    """Whether a day, counted from 1970-01-01 (a Thursday), is a Saturday or Sunday."""
    return (days + 3) % 7 > 4
