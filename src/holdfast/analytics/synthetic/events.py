"""What is true of an invented child: episodes, assessments, enquiries, plans, and when each fact was recorded.

Days are proleptic ordinals (`date.toordinal`), which sort, subtract and compare quickly. A field ending `_recorded`
is the first day on which the council's system held the fact: a file as at an earlier day must not show it. `odd`
holds text to write in place of an element's true value ("" leaves the element out): the mess, kept apart from the
truth.
"""

from dataclasses import dataclass, field

NEVER = 10**7


@dataclass(slots=True)
class Assessment:
    start: int
    authorised: int
    factors: tuple[str, ...]
    start_recorded: int = 0
    authorised_recorded: int = 0
    first_authorised: int = 0  # shown until corrected_recorded; 0 when never wrong
    corrected_recorded: int = 0
    odd: dict[str, str] | None = None


@dataclass(slots=True)
class Enquiry:
    """A section 47 enquiry: it leads to a conference, or to a decision that none is required, or (mess) to neither."""

    start: int
    target: int
    conference: int = 0
    not_required: int = 0
    start_recorded: int = 0
    outcome_recorded: int = NEVER
    odd: dict[str, str] | None = None


@dataclass(slots=True)
class Plan:
    """A child protection plan. `end` is 0 while it is open; `previous` is how many plans the child had had before."""

    start: int
    category: str
    previous: int
    planned_end: int
    end: int = 0
    latest: str = ""
    latest_recorded: int = NEVER
    reviews: list[int] = field(default_factory=list)
    reviews_recorded: list[int] = field(default_factory=list)
    start_recorded: int = 0
    end_recorded: int = NEVER
    previous_recorded: int = 0
    odd: dict[str, str] | None = None


@dataclass(slots=True)
class Episode:
    """From a referral to its closure. `ready`: the first day on which it could close; `closed`: 0 while open."""

    child: "Child"
    referral: int
    source: str
    need: str
    nfa: bool
    pathway: str
    planned_close: int
    ready: int
    closed: int = 0
    reason: str = ""
    conference: int = 0  # held without an enquiry by this authority (a transfer in)
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    in_need_plans: list[tuple[int, int]] = field(default_factory=list)
    recorded: int = 0
    closed_recorded: int = NEVER
    conference_recorded: int = NEVER
    source_recorded: int = 0
    need_recorded: int = 0
    odd: dict[str, str] | None = None

    @property
    def open_plan(self) -> Plan | None:
        return self.plans[-1] if self.plans and not self.plans[-1].end else None


@dataclass(slots=True)
class Child:
    number: int
    family: int
    born: int
    expected: int  # 0 unless the child was referred before birth
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...]
    born_recorded: int = 0
    ethnicity_recorded: int = 0
    died: int = 0
    died_recorded: int = NEVER
    n_plans: int = 0
    episodes: list[Episode] = field(default_factory=list)
    sent_twice: bool = False
    odd: dict[str, str] | None = None

    @property
    def reference(self) -> str:
        """The only thing by which an invented child is ever known."""
        return f"INV{self.number:07d}"
