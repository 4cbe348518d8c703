"""Faults of every rule of a return: one child's, one's own, a team's; and how worklists and faults lead to each other.

Not here: the rows of one rule, or how one stands (faults.py). Rule: a child's reference is in no address, log or
trail. A child is meant in an address by a digest that nobody can work back without the installation's own key.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from holdfast.access.doors import Actor, Missing, check, may
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.pages.paging import PAGE_SIZE, Page, one_page
from holdfast.performance.models import Validation
from holdfast.performance.selectors import faults
from holdfast.performance.selectors.faults import NamedRow, RuleFound
from holdfast.performance.selectors.releases import latest_release
from holdfast.performance.selectors.worklists import Clock, Waiting, waiting_now

MARK_LENGTH = 32


@dataclass(frozen=True)
class FaultRows:
    """One page of the rows that any rule names. `teams` are all that they have, when children are shown.

    `child`: the one asked for, "" for everybody; `n_mine`: rows given to whoever looks, that are still to do.
    """

    validation: Validation
    rules: Mapping[str, RuleFound]
    page: "Page[NamedRow]"
    teams: tuple[str, ...]
    team: str
    child: str
    is_mine: bool
    n_mine: int
    shows_children: bool


class NoSuchChildHere(Missing):
    """No fault of the return is about the child that an address means."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No fault of return {number} is about that child.")


def mark_of(code: str, child: str) -> str:
    """What means a child in an address: the same on every page of a programme, and no reference can be read from it."""
    return salted_hmac("holdfast.performance.child", f"{code}\x1f{child}", algorithm="sha256").hexdigest()[:MARK_LENGTH]


def fault_rows(
    user: Actor,
    code: str,
    number: int,
    *,
    team: str = "",
    mark: str = "",
    is_mine: bool = False,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> FaultRows:
    """One page of the rows that any rule names, the whole return's or of a team, a child or oneself. Trailed first.

    A team that has none, or one asked for by somebody who may see no child, is nobody's choice: all are shown. Raises
    NotHeldToRules; Refused or NoSuchChildHere for a child.
    """
    validation = faults.validation_of(user, code, number)
    if mark:
        check(user, Permission.SEE_CHILD_RECORDS, code)
    shows_children = faults.trailed_look(user, validation, "one child" if mark else "every rule", page)
    every = faults.rows_named(validation, "", shows_children=shows_children)
    child = _child_meant(code, number, mark, {row.child for row in every}) if mark else ""
    teams = tuple(sorted({row.team for row in every if row.team}))
    chosen = team if team in teams else ""
    mine = [row for row in every if faults.is_given_to(row, user)]
    kept = [
        row for row in (mine if is_mine else every) if chosen in ("", row.team) and (not mark or row.child == child)
    ]
    return FaultRows(
        validation=validation,
        rules={rule.rule: rule for rule in faults.rules_found(validation)},
        page=one_page(kept, page, size),
        teams=teams,
        team=chosen,
        child=child,
        is_mine=is_mine,
        n_mine=len(mine),
        shows_children=shows_children,
    )


def _child_meant(code: str, number: int, mark: str, children: Collection[str]) -> str:
    found = next((child for child in children if child and mark_of(code, child) == mark), "")
    if not found:
        raise NoSuchChildHere(number)
    return found


def find_child(user: Actor, code: str, number: int, reference: str) -> str:
    """The mark of the child with the council's own reference, in any capitals; "" where no fault is about it. Trailed.

    Raises NotHeldToRules or Refused.
    """
    validation = faults.validation_of(user, code, number)
    check(user, Permission.SEE_CHILD_RECORDS, code)
    record_read(user, what="looked for a child among faults", programme=code, subject=f"return {number}")
    wanted = reference.strip().casefold()
    rows = faults.rows_named(validation, "", shows_children=True)
    found = next((row.child for row in rows if row.child and row.child.casefold() == wanted), "")
    return mark_of(code, found) if found else ""


@dataclass(frozen=True)
class OfChild:
    """How many faults of a child are to mend, in which return, and what means the child in an address."""

    n_left: int
    number: int
    mark: str


def left_by_child(user: Actor, code: str, children: Collection[str]) -> Mapping[str, OfChild] | None:
    """Child -> the faults to mend in the newest return that was held to the rules; those that have none are left out.

    For a look at these children that is trailed already. None where no return was held to any, or the account may see
    no faults.
    """
    if not may(user, Permission.SEE_RETURNS, code) or not may(user, Permission.SEE_CHILD_RECORDS, code):
        return None
    latest = faults.latest_validation(user, code)
    if latest is None:
        return None
    counts: dict[str, int] = {}
    for row in faults.rows_named(latest, "", shows_children=True, children=children):
        if row.child and row.standing.is_left:
            counts[row.child] = counts.get(row.child, 0) + 1
    number = latest.returned.number
    return {child: OfChild(n_left, number, mark_of(code, child)) for child, n_left in counts.items()}


def worklists_with(user: Actor, code: str, child: str) -> Sequence[tuple[Clock, Waiting]]:
    """The worklists of the last release that a child stands on, with how. For a look that is trailed already."""
    check(user, Permission.SEE_CHILD_RECORDS, code)
    release = latest_release(user, code)
    if release is None or not child:
        return ()
    return [(clock, waiting) for clock, waiting in waiting_now(release) if waiting.child == child]
