"""Turnover, vacancy, agency, caseload and absence of a council's social workers, as the Department defines its rates.

Pure functions of counts, and the counts of one return's rows. Everything is in full-time equivalents but cases and
days. SOURCE: the Department's published table of workforce indicators 2017 to 2025: every council's rates follow from
its own counts by these formulas, within the rounding of the counts; England's and some regions' of 2022 to 2024 do not,
since a council is left out of one count and not of the other. The words of its guidance were not seen. The days of a
working year are worked out from that table: 253, or 254 where the year has a 29 February, give 1,328 of 1,336 rates of
councils exactly. Unverified: who is a case holder (taken: in post on the day, agency or not, with cases).
"""

from calendar import isleap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from holdfast.analytics.figure import out_of_hundred, quotient

WORKING_DAYS: Final = 253
"""Days that a full-time worker works in a year without a 29 February, in the absence rate."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Workforce:
    """One council on the 30 September of `year`. None: not known. `n_unknown`: workers whose part is not known."""

    in_post: Decimal | None
    leavers: Decimal | None
    vacancies: Decimal | None
    agency: Decimal | None
    case_holders: Decimal | None
    cases: int | None
    days_lost: Decimal | None
    year: int
    n_unknown: int = 0


def turnover(workforce: Workforce) -> Decimal | None:
    """Leavers in the year out of those in post at its end, per cent."""
    return out_of_hundred(workforce.leavers, workforce.in_post)


def vacancy_rate(workforce: Workforce) -> Decimal | None:
    """Vacancies out of vacancies and those in post, per cent."""
    return out_of_hundred(workforce.vacancies, _sum(workforce.vacancies, workforce.in_post))


def agency_rate(workforce: Workforce) -> Decimal | None:
    """Agency workers out of agency workers and those in post, per cent."""
    return out_of_hundred(workforce.agency, _sum(workforce.agency, workforce.in_post))


def caseload(workforce: Workforce) -> Decimal | None:
    """Cases for each full-time equivalent of those who hold any, agency workers too."""
    cases = None if workforce.cases is None else Decimal(workforce.cases)
    return quotient(cases, workforce.case_holders)


def absence_rate(workforce: Workforce) -> Decimal | None:
    """Days lost to sickness out of the days of those in post, per cent."""
    a_year = WORKING_DAYS + isleap(workforce.year)  # the year to 30 September has its 29 February
    days = None if workforce.in_post is None else workforce.in_post * a_year
    return out_of_hundred(workforce.days_lost, days)


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def workforce_of(workers: Iterable[Row], posts: Row | None, year: int) -> Workforce:
    """The counts of one return's rows (workforce_workers, workforce_posts). An unknown is left out, and counted.

    In post: not from an agency, and no day on which the role ended. A leaver: not from an agency, with such a day.
    """
    in_post = leavers = case_holders = days_lost = Decimal(0)
    cases = n_unknown = 0
    for row in workers:
        is_known = row["work_agency"] is not None and row["work_fte"] is not None
        unread = (row.get("unread") or "").split()
        if not is_known or {"work_role_end_date", "work_cases30", "work_days_lost"} & set(unread):
            n_unknown += 1
            continue
        has_left = row["work_role_end_date"] is not None
        if not row["work_agency"]:
            leavers += row["work_fte"] if has_left else 0
            in_post += 0 if has_left else row["work_fte"]
            days_lost += (row["work_days_lost"] or 0) if not has_left else 0
        if not has_left and row["work_cases30"]:
            cases += row["work_cases30"]
            case_holders += row["work_fte30"] if row["work_fte30"] is not None else row["work_fte"]
    vacancies, agency = (posts["post_vacancies_fte"], posts["post_agency_fte"]) if posts else (None, None)
    return Workforce(in_post, leavers, vacancies, agency, case_holders, cases, days_lost, year, n_unknown)
