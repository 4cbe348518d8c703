"""A census file read and counted the plain way, with lxml and Python alone: what the product's own path must match.

Nothing of holdfast is imported here, so an error there cannot hide itself. Episodes are keyed by child and referral
date.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lxml import etree


@dataclass
class PlainEpisode:
    child: str
    referral: date
    source: str | None
    need: str | None
    closed: date | None
    reason: str | None
    conference: date | None
    nfa: bool
    born: date | None
    expected: date | None
    assessments: list[tuple[date, date | None, tuple[str, ...]]] = field(default_factory=list)
    enquiries: list[tuple[date, date | None, date | None, str | None]] = field(default_factory=list)
    plans: list[tuple[date, date | None, int | None, tuple[date, ...]]] = field(default_factory=list)


def day(element: etree._Element, name: str) -> date | None:
    """A date, or None when it is absent or no date at all."""
    text = element.findtext(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def read_plainly(path: Path) -> list[PlainEpisode]:
    return [episode for _, child in etree.iterparse(str(path), tag="Child") for episode in episodes_of(child)]


def episodes_of(child: etree._Element) -> Iterator[PlainEpisode]:
    reference = child.findtext("ChildIdentifiers/LAchildID") or ""
    born, expected = (day(child, f"ChildIdentifiers/{name}") for name in ("PersonBirthDate", "ExpectedPersonBirthDate"))
    for item in child.iterfind("CINdetails"):
        referral = day(item, "CINreferralDate")
        assert referral is not None
        episode = PlainEpisode(
            reference,
            referral,
            item.findtext("ReferralSource"),
            item.findtext("PrimaryNeedCode"),
            day(item, "CINclosureDate"),
            item.findtext("ReasonForClosure"),
            day(item, "DateOfInitialCPC"),
            item.findtext("ReferralNFA") == "true",
            born,
            expected,
        )
        for part in item.iterfind("Assessments"):
            start = day(part, "AssessmentActualStartDate")
            factors = tuple(factor.text or "" for factor in part.iter("AssessmentFactors"))
            episode.assessments.append((start or referral, day(part, "AssessmentAuthorisationDate"), factors))
        for part in item.iterfind("Section47"):
            start, target, held = (
                day(part, name) for name in ("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC")
            )
            episode.enquiries.append((start or referral, target, held, part.findtext("ICPCnotRequired")))
        for part in item.iterfind("ChildProtectionPlans"):
            start, end = day(part, "CPPstartDate"), day(part, "CPPendDate")
            previous = part.findtext("NumberOfPreviousCPP")
            reviews = tuple(date.fromisoformat(review.text or "") for review in part.iter("CPPreviewDate"))
            episode.plans.append((start or referral, end, int(previous) if previous else None, reviews))
        yield episode
    child.clear()


def history(files: list[list[PlainEpisode]]) -> dict[tuple[str, date], PlainEpisode]:
    """One episode for each child and referral date: the last file that tells of it wins."""
    return {(episode.child, episode.referral): episode for file in files for episode in file}


def totals(
    episodes: dict[tuple[str, date], PlainEpisode], file: list[PlainEpisode], starts_on: date, ends_on: date
) -> dict[str, int]:
    """What a census year comes to: referrals from the history so far, what is open from the year's own file."""
    referred: dict[str, list[date]] = {}
    for child, referral in episodes:
        referred.setdefault(child, []).append(referral)
    year = [key for key in episodes if starts_on <= key[1] <= ends_on]
    started = [plan for episode in episodes.values() for plan in episode.plans if starts_on <= plan[0] <= ends_on]
    open_plans = [plan for episode in file for plan in episode.plans if plan[1] is None]
    return {
        "referrals": len(year),
        "re_referrals": sum(
            any(a_year_before(referral) < other < referral for other in referred[child]) for child, referral in year
        ),
        "referral_nfa": sum(episodes[key].nfa for key in year),
        "plans_started": len(started),
        "repeat_plans": sum((plan[2] or 0) > 0 for plan in started),
        "in_need_at_end": len({e.child for e in file if not e.nfa and e.closed is None}),
        "plans_at_end": len(open_plans),
        "long_plans_at_end": sum(plan[0] <= ends_on.replace(year=ends_on.year - 2) for plan in open_plans),
    }


def a_year_before(then: date) -> date:
    return (
        then.replace(year=then.year - 1, day=28)
        if (then.month, then.day) == (2, 29)
        else then.replace(year=then.year - 1)
    )
