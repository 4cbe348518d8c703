"""What a check answers, what it is asked with, and the register of checks by name. Any room above may register its own.

    def body_exists(asking: Asking, requirement: Requirement, *, body: str) -> CheckAnswer: ...
    register_check("body_exists", body_exists)          # in the room's apps.ready()

Not here: the checks themselves (checks.py of each room). Rule: a check that fails, or that nobody registered, answers
"no evidence" and says so; it never answers "met".
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, cast

from holdfast.access import changes, clock
from holdfast.access.doors import Actor

STATES: Final = ("met", "at risk", "not met", "no evidence")
WORST_FIRST: Final = ("not met", "at risk", "no evidence", "met")
log = logging.getLogger("holdfast.notice")
Fact = TypeVar("Fact")


@dataclass(frozen=True)
class CheckAnswer:
    """One check's answer: a state, a sentence that says why, and links to what it looked at (words, address here).

    Of several things, `each` has what is said of each and `lead` what holds of them all: the sentence is these, in
    one run, and a page may set them apart. `has_failed` marks a check that could not be run at all; its state is
    always "no evidence".
    """

    state: str
    sentence: str
    links: tuple[tuple[str, str], ...] = ()
    has_failed: bool = False
    lead: str = ""
    each: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"a check must answer one of {', '.join(STATES)}")
        if self.has_failed and self.state != "no evidence":
            raise ValueError("a check that failed has no evidence")


@dataclass
class Asking:
    """Who asks, about which programme, on which day. `once` keeps a fact for the length of one page.

    Checks fetch through `once`, so that a page with every requirement reads each source one time, not seventy. What is
    answered without a look at the `user` is the same for every reader, and is kept once for them all.
    """

    reader: Actor
    programme: Any
    on: date
    notice: Any = None
    _facts: dict[Any, tuple[Any, set[str]]] = field(default_factory=dict)
    """Each with the tables that it was read from: whatever rests on it follows from these too."""

    @property
    def user(self) -> Actor:
        """Who asks. Whoever looks makes what it answers this reader's own."""
        changes.note((changes.READER,))
        return self.reader

    @property
    def is_past(self) -> bool:
        """Whether the day asked about is over: what keeps no dates cannot answer for it, and says so."""
        return self.on < clock.today()

    def once(self, key: object, find: Callable[[], Fact]) -> Fact:
        """The fact under `key`, found the first time it is wanted. A failure is not kept: it is raised again."""
        if key not in self._facts:
            with changes.noting() as tables:
                self._facts[key] = (find(), tables)
        fact, tables = self._facts[key]
        changes.note(tables)
        return cast(Fact, fact)


class Check(Protocol):
    def __call__(self, asking: Asking, requirement: Any, /, **params: Any) -> CheckAnswer: ...


_checks: dict[str, Check] = {}


class CheckAlreadyRegistered(Exception):
    """Two rooms gave different checks one name."""


def register_check(name: str, check: Check) -> None:
    """Give a check its name. The same check may be registered again; another under its name is refused."""
    if _checks.get(name, check) is not check:
        raise CheckAlreadyRegistered(f"a check called {name} is registered already")
    _checks[name] = check


def answer(asking: Asking, requirement: Any, name: str, params: dict[str, Any]) -> CheckAnswer:
    """Run one check. Unregistered or failing, it answers "no evidence", marked as failed when it should have run."""
    check = _checks.get(name)
    if check is None:
        return CheckAnswer("no evidence", "Nothing in this installation can answer this yet.")
    try:
        found = check(asking, requirement, **params)
    except Exception as failure:  # a check may fail in any way at all; the page must still say that it did
        log.error(
            "check=%s requirement=%s failed=%s at=%s", name, requirement.ref, type(failure).__name__, _place(failure)
        )
        return CheckAnswer(
            "no evidence",
            "This check failed, so it says nothing. Tell whoever looks after the system.",
            has_failed=True,
        )
    if not isinstance(found, CheckAnswer):
        log.error("check=%s requirement=%s failed=no-answer", name, requirement.ref)
        return CheckAnswer("no evidence", "This check gave no answer, so it says nothing.", has_failed=True)
    return found


def _place(failure: BaseException) -> str:
    """The file and line where it failed: enough to find the fault, and never a value."""
    last = traceback.extract_tb(failure.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def worst(states: Sequence[str]) -> str:
    """The worst of several states; "no evidence" when there are none."""
    return min(states, key=WORST_FIRST.index, default="no evidence")
