"""What became of one record, in plain words for each indicator: "late", "in time", "referred again".

Not here: the counting (an indicator's own definition) or what may be seen (cases). Rule: the same answer is said in the
words of its own question, since "in" is the bad one of a stock past its limit and the good one of a share in time.
"""

from collections.abc import Collection
from datetime import date
from typing import Final, Protocol

NOT_KNOWN: Final = "Not known"
OTHERWISE: Final = ("Counted", "Not counted")
OUTCOMES: Final[dict[str, tuple[str, str]]] = {
    "I02": ("Became a referral", "Became none"),
    "I03": ("Referral", "Not counted"),
    "I04": ("Referred again within 12 months", "Not referred in the 12 months before"),
    "I06": ("No further action", "Further action"),
    "I20": ("In time", "Late"),
    "I21": ("In time", "Late"),
    "I24": ("Late, still open", "Still open, in time so far"),
    "I27": ("Seen", "Not seen"),
    "I28": ("Seen alone", "Not seen alone"),
    "I29": ("Views recorded", "Views not recorded"),
    "I30": ("All three domains", "Not all three domains"),
    "I31": ("No further action", "Further action"),
    "I32": ("In time and good", "Late, or not good"),
    "I38": ("Led to a conference", "No conference"),
    "I42": ("In time", "Late"),
    "I42-open": ("Late, still to come", "Still to come, in time so far"),
    "I47": ("Had a plan before", "First plan"),
    "I49": ("Open two years or more", "Open less than two years"),
    "I52": ("Reviewed in time", "A review was overdue in the year"),
    "I61": ("Not closed too soon", "Closed too soon"),
    "I62": ("Left at risk", "Not left at risk"),
    "I87": ("Reflective", "Not reflective"),
    "I88": ("Discussed in 31 days", "Not discussed in 31 days"),
    "I89": ("Decisions with reasons", "Decisions without reasons"),
    "I89-records": ("Decided with reasons", "Not decided with reasons"),
    "I90": ("Written up in time", "Not written up in time"),
    "I91": ("Handed in", "Not handed in"),
    "I92": ("Good or better", "Not good"),
    "I93": ("Inadequate", "Better than inadequate"),
    "I94": ("Risk assessment recorded", "No risk assessment recorded"),
    "I95": ("The same grade twice", "Two different grades"),
    "I96": ("First grade too high", "First grade not too high"),
    "I97": ("Director told in 24 hours", "Director not told in 24 hours"),
    "I98": ("Closed with verification", "Not closed"),
    "I99": ("Better than the first time", "No better than the first time"),
    "I100": ("Child or family heard", "Neither heard"),
    "I108": ("Filled", "Not filled"),
    "I109": ("On time", "Not on time"),
    "I110": ("Evidenced", "Not evidenced"),
    "I111-assessed": ("Assessed within three months", "Not assessed by then"),
    "I111-enquired": ("Section 47 enquiry within three months", "No enquiry by then"),
    "I111-conferenced": ("Initial conference within three months", "No conference by then"),
    "I111-planned": ("Child protection plan within three months", "No plan by then"),
    **{f"I60-{months}": ("Referred again", "Not referred again") for months in (3, 6, 12)},
}
"""The words for counted and not counted, by indicator."""

RECORDS: Final[dict[str, str]] = {
    "I91": "Audit asked for",
    "I108": "Seat at a meeting",
    "I109": "Action",
    "I110": "Requirement",
}
"""What an indicator's records are, where they are no children's: each is named by its own reference."""


class Answered(Protocol):
    """What is asked of a record."""

    @property
    def unit_id(self) -> str: ...
    @property
    def in_numerator(self) -> bool | None: ...
    @property
    def event_on(self) -> date: ...


def choices(indicator: str) -> dict[str, str]:
    """The words for each outcome that may be asked for: "in", "not" and "unknown"."""
    counted, not_counted = OUTCOMES.get(indicator, OTHERWISE)
    return {"in": counted, "not": not_counted, "unknown": NOT_KNOWN}


def outcome_words(indicator: str, record: Answered, still_open: Collection[str] = ()) -> str:
    """One record's outcome. `still_open`: the records that were open when the period ended."""
    if record.in_numerator is None:
        return NOT_KNOWN
    words = choices(indicator)["in" if record.in_numerator else "not"]
    return f"{words}, still open" if record.unit_id in still_open else words
