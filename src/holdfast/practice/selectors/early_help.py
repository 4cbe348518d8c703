"""Reading what agencies report of early help: months ended, who reported them, how assessments ended.

The first argument is the account. Rule: whose role is over an agency is shown that agency's alone; a number from 1 to 5
of another agency is shown only to who may see small counts, and its shares with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from holdfast.access.days import months_on
from holdfast.access.doors import Actor, may
from holdfast.access.permissions import Permission
from holdfast.organisation.models import Agency
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.plan.models import Action
from holdfast.plan.selectors import late_first, whole_actions
from holdfast.practice.models import EarlyHelpMonth
from holdfast.practice.whose import own_agencies, shown_agencies

THEME: Final = "early help"
"""Of a requirement, in the notice: what answers it is what an agency is to put right."""
MONTHS: Final = 6
DAYS_TO_REPORT: Final = 20
"""How long after a month's end it may be reported before it is late. Our own reading."""
FEWEST_SHOWN: Final = 6


def months_ended(on: date, n: int = MONTHS) -> list[date]:
    """The first days of the last n months that had ended before a day, the newest first."""
    return [months_on(on.replace(day=1), -back) for back in range(1, n + 1)]


@dataclass(frozen=True)
class AgencyHelps:
    """An agency's early help over some months: what stands of each month reported by a day, and the months missing.

    `sees`: whether the account may see its numbers whatever their size.
    """

    agency: Agency
    months: Sequence[EarlyHelpMonth]
    missing: Sequence[date]
    sees: bool

    def total(self, name: str) -> int:
        return sum(getattr(month, name) for month in self.months)

    def shown(self, name: str) -> str:
        """A total as the account may see it."""
        n = self.total(name)
        return f"{n:,}" if self.sees or n == 0 or n >= FEWEST_SHOWN else "1 to 5"

    @property
    def met(self) -> Share:
        """Of the assessments that ended, those whose needs were met."""
        n_met = self.total("n_met")
        return share_of(n_met, n_met + self.total("n_stepped_up") + self.total("n_otherwise"))


def early_help(user: Actor, code: str, on: date, n: int = MONTHS) -> list[AgencyHelps]:
    """Agency by agency, what was reported by a day of the last n months that had ended by then."""
    own = {agency.pk for agency in own_agencies(user, code)}
    sees_all = may(user, Permission.SEE_SMALL_COUNTS, code)
    shown = shown_agencies(user, code)
    sees = {agency.pk for agency in shown if sees_all or agency.pk in own}
    return _of(shown, on, months_ended(on, n), sees=sees)


def to_put_right(user: Actor, code: str, on: date) -> dict[Agency, list[Action]]:
    """Agency to the actions of the plan that answer a requirement about early help, late ones first; [] where none."""
    found: dict[Agency, list[Action]] = {agency: [] for agency in shown_agencies(user, code)}
    for action in late_first(whole_actions(user, code, on), on):
        if action.agency in found and any(THEME in asked.themes for asked in action.requirements.all()):
            found[action.agency].append(action)
    return found


def to_report_for(user: Actor, code: str) -> QuerySet[Agency]:
    """One's own agencies, as what a form may choose from."""
    return Agency.objects.filter(pk__in=[agency.pk for agency in own_agencies(user, code)])


def of_every_agency(agencies: Sequence[Agency], on: date, n: int) -> list[AgencyHelps]:
    """The same of these agencies for a check, over the last n months whose time to report is over."""
    months = months_ended(on - timedelta(days=DAYS_TO_REPORT), n)
    return _of(agencies, on, months, sees={agency.pk for agency in agencies})


def _of(agencies: Sequence[Agency], on: date, months: Sequence[date], *, sees: Collection[int]) -> list[AgencyHelps]:
    given = EarlyHelpMonth.objects.filter(agency__in=agencies, month__in=months, reported_on__lte=on)
    newest: dict[int, dict[date, EarlyHelpMonth]] = {agency.pk: {} for agency in agencies}
    for row in given.order_by("id"):
        newest[row.agency_id][row.month] = row
    return [
        AgencyHelps(agency, list(own.values()), [month for month in months if month not in own], agency.pk in sees)
        for agency, own in zip(agencies, newest.values(), strict=True)
    ]
