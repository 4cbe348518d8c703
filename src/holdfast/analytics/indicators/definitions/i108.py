"""I108 attendance at the Board: of the seats with a vote at its meetings, those filled by the member or a deputy."""

from datetime import date
from typing import Any

from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_SENT, in_words


def rows(held: Held) -> Any:
    """One row per seat and meeting, in the period in which it met."""
    seat = held["meeting_seats"].select(
        "seat_agency", unit_id="seat_attendance_id", met_on="seat_meeting_on", came="seat_came"
    )
    return questions.happened(
        held,
        seat,
        on="met_on",
        is_in=lambda s: s.came.isin(["attended", "deputy"]),
        unsure={NOT_SENT: lambda s: s.came.isnull()},
    )


ON_THE_DAY = Example(
    words="A meeting on 30 November 2013 counts in November: the member who came and the one who sent a deputy filled "
    "their seats, the one who sent apologies did not, and of the seat of which nothing was heard it is not known. A "
    "meeting on 1 December counts in December.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "meeting_seats": """
seat_attendance_id | seat_agency | seat_meeting_on | seat_came
S1                 | police      | 2013-11-30      | attended
S2                 | health      | 2013-11-30      | deputy
S3                 | schools     | 2013-11-30      | apologies
S4                 | council     | 2013-11-30      |
S5                 | police      | 2013-12-01      | attended
        """,
    },
    rows="""
        unit_id | in_numerator
        S1      | yes
        S2      | yes
        S3      | no
        S4      |
    """,
)

I108 = Definition(
    id="I108",
    version=1,
    title="Attendance at the Board",
    question="Of the seats with a vote at the Board's meetings, how many were filled, by the member or a deputy?",
    numerator="Seats whose member came, or sent a deputy, to the meeting.",
    denominator="Seats with a vote at each meeting held in the period: the chair's and the members'.",
    left_out="Observers and the secretary, who have no vote, and meetings that were called off. A seat of which "
    "nothing was heard is not known.",
    kind="flow",
    period_rule="Flow: the day of the meeting is in the period.",
    in_head="Filled",
    base_head="Seats",
    counted="seats with a vote",
    why="A partner who is not in the room promises nothing, and a child whose case needs that partner waits.",
    unit="per cent",
    polarity="higher",
    clock="",
    source="The seats and attendance kept here for each meeting. There is no national statistic to compare.",
    unverified=(),
    owner="Improvement programme manager",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("meeting_seats",),
    gaming_risk="Sending deputies who may decide nothing: read it beside what each agency owes in the plan.",
    paired_with=("I109",),
    chart="p",
    elapsed_unit="",
    limit_words="",
    rows=rows,
    examples=(ON_THE_DAY,),
    breakdowns=("seat_agency",),
    unknown_words=in_words("are of seats from which nothing was heard"),
)
