"""Where every requirement stands: its checks run, the judgement and acceptance that count, and the position of them.

Not here: the rule (positioning.py). Rule: the number of queries does not grow with the number of requirements; checks
share what they fetch through one Asking.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfast.access import changes, clock
from holdfast.access.doors import Actor
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES
from holdfast.notice.answers import Asking, CheckAnswer, answer, worst
from holdfast.notice.due import Due, when_due
from holdfast.notice.models import Acceptance, EvidenceLink, Judgement, Notice, Requirement
from holdfast.notice.positioning import JUDGED_MET, NO_EVIDENCE, POSITIONS, position
from holdfast.notice.selectors.notices import notice_of
from holdfast.pages.kept import keep, kept_already
from holdfast.pages.words import date_words, listed, lower_first

TAG_COLOURS = {
    "met": "green",
    "on track": "turquoise",
    "at risk": "orange",
    JUDGED_MET: "yellow",
    "not met": "red",
    "no evidence": "grey",
    "not due": "blue",
}


@dataclass(frozen=True)
class PositionLine:
    """One requirement, what each check answered, what people said, and the position that follows.

    `evidence` is what the judgement names that still counts on the day.
    """

    requirement: Requirement
    due: Due
    answers: Sequence[tuple[str, CheckAnswer]]
    judgement: Judgement | None
    acceptance: Acceptance | None
    evidence: Sequence[EvidenceLink]
    position: str
    section_title: str

    @property
    def colour(self) -> str:
        return TAG_COLOURS[self.position]

    @property
    def records_show(self) -> str | None:
        """The worst of what the checks answered; None when no live check answers it."""
        return worst([found.state for _, found in self.answers]) if self.answers else None

    @property
    def both_sides(self) -> str:
        """What people say beside what the records show, where the two differ; "" where they do not."""
        if self.position != JUDGED_MET or self.judgement is None or self.acceptance is None:
            return ""
        people = f"{self.judgement.judged_by.display_name} on {date_words(self.judgement.judged_on)}"
        accepted = f"{self.acceptance.decided_by.display_name} on {date_words(self.acceptance.decided_on)}"
        shown = " ".join(found.sentence for _, found in self.answers) or "No live check answers it."
        return (
            f"People say met: judged by {people}, accepted by {accepted}. "
            f"The records say {self.records_show or 'nothing'}: {shown}"
        )

    @property
    def lacking(self) -> list[str]:
        """Of a position of no evidence: what the records say all the same, and what is waited for. [] of any other."""
        if self.position != NO_EVIDENCE:
            return []
        waits = [f"{one['room']} ({one['answers']})" for one in self.requirement.later]
        said = [found.sentence for _, found in self.answers] or ["Nothing that is kept here bears on it yet."]
        said += [f"Records that are not kept here yet would say more: {'; '.join(waits)}."] if waits else []
        if self.judgement is not None:
            said.append(f"It is judged {self.judgement.says}, which counts once somebody else accepts it.")
        return said

    @property
    def would_be_evidence(self) -> str:
        """What is expected as evidence, by the notice's file."""
        return "; ".join(words.rstrip(".") for words in self.requirement.evidence_expected)

    def as_data(self) -> dict[str, Any]:
        """The documented shape: docs/formats/position.schema.json."""
        return {
            "ref": self.requirement.ref,
            "name": self.requirement.name,
            "modality": self.requirement.modality,
            "section": self.requirement.section,
            "position": self.position,
            "due": self.due.on.isoformat() if self.due.on else None,
            "records_show": self.records_show,
            "both_sides": self.both_sides,
            "waits_for": [dict(each) for each in self.requirement.later],
            "checks": [
                {
                    "name": name,
                    "state": found.state,
                    "sentence": found.sentence,
                    "links": [list(one) for one in found.links],
                }
                for name, found in self.answers
            ],
            "judgement": _judgement_data(self.judgement, self.evidence),
            "acceptance": _acceptance_data(self.acceptance),
        }


def _judgement_data(judgement: Judgement | None, evidence: Sequence[EvidenceLink]) -> dict[str, Any] | None:
    if judgement is None:
        return None
    return {
        "says": judgement.says,
        "reason": judgement.reason,
        "by": judgement.judged_by.display_name,
        "on": judgement.judged_on.isoformat(),
        "evidence": [{"title": link.title, "kind": link.kind, "where": link.where} for link in evidence],
    }


def _acceptance_data(acceptance: Acceptance | None) -> dict[str, Any] | None:
    if acceptance is None:
        return None
    return {
        "accepted": acceptance.is_accepted,
        "reason": acceptance.reason,
        "by": acceptance.decided_by.display_name,
        "on": acceptance.decided_on.isoformat(),
    }


def who_links() -> str:
    """How a requirement comes to have evidence, and who may see to it, in words."""
    names = [role.name for role in ROLES.values() if Permission.JUDGE_REQUIREMENT in role.permissions]
    return (
        "“No evidence” is neither met nor missed. A requirement leaves it when the records here say one or the other, "
        f"or when somebody ({lower_first(listed(names, 'or'))}) links a record here, a figure, a paper, a file or "
        "an address as evidence and judges it by that. A judgement of met or on track counts once somebody else agrees."
    )


def position_lines(user: Actor, code: str, on: date | None = None, refs: Sequence[str] = ()) -> list[PositionLine]:
    """Every requirement's position on a day (today unless given), in the notice's order; only `refs` when given.

    Judgements and acceptances made after the day do not count. What was worked out is kept until something that it
    follows from changes; where a check failed, it is not kept.
    """
    with changes.one_reading():
        notice = notice_of(user, code)
        day = on or clock.today()
        every = kept_already("positions", user, code, also=(day, ())) if refs else None
        if every is not None:
            return [line for line in every if line.requirement.ref in refs]
        lines = keep(
            "positions",
            user,
            code,
            lambda: _position_lines(Asking(user, notice.programme, day, notice), refs),
            also=(day, tuple(refs)),
            unless=_has_failed,
            reads_all=True,
        )
        return list(lines)


def _has_failed(lines: Sequence[PositionLine]) -> bool:
    return any(found.has_failed for line in lines for _, found in line.answers)


def _position_lines(asking: Asking, refs: Sequence[str]) -> list[PositionLine]:
    notice = asking.notice
    changes.note_rows_of(Notice)
    wanted = notice.requirements.all()
    if refs:
        wanted = wanted.filter(ref__in=refs)
    judged = _judgements(notice, asking.on)
    titles = {section["id"]: section["title"] for section in notice.sections}
    return [_line(asking, requirement, judged.get(requirement.pk), titles) for requirement in wanted]


def positions(user: Actor, code: str, on: date | None = None) -> list[dict[str, Any]]:
    """The same as plain data, for --json and other rooms: one object per requirement, stable keys."""
    return [line.as_data() for line in position_lines(user, code, on)]


def counts(lines: Iterable[PositionLine]) -> list[tuple[str, int]]:
    """How many requirements stand at each position, worst first; positions that nobody is at included."""
    found = Counter(line.position for line in lines)
    return [(one, found[one]) for one in POSITIONS]


def _judgements(notice: Notice, day: date) -> dict[int, Judgement]:
    """The judgement that counts for each requirement, by its key: the last made by the day and not withdrawn by it."""
    made = Judgement.objects.filter(requirement__notice=notice, judged_on__lte=day)
    made = made.exclude(withdrawal__withdrawn_on__lte=day).order_by("id")
    made = made.select_related("judged_by", "acceptance__decided_by").prefetch_related("evidence__withdrawal")
    return {judgement.requirement_id: judgement for judgement in made}


def _answer(asking: Asking, requirement: Requirement, check: Mapping[str, Any]) -> CheckAnswer:
    """What one check answers, asked again only when a table has changed that it read (decision 150)."""
    name, params = check["name"], check.get("params", {})
    return keep(
        "what a check answers",
        asking.reader,
        asking.programme.code,
        lambda: _asked(asking, requirement, name, params),
        also=(asking.on, requirement.ref, name, json.dumps(params, sort_keys=True)),
        unless=lambda found: found.has_failed,
        reads_all=True,
        is_part=True,
        may_be_shared=True,
    )


def _asked(asking: Asking, requirement: Requirement, name: str, params: Mapping[str, Any]) -> CheckAnswer:
    changes.note_rows_of(Notice, Requirement)
    return answer(asking, requirement, name, dict(params))


def _line(
    asking: Asking, requirement: Requirement, judgement: Judgement | None, titles: dict[str, str]
) -> PositionLine:
    due = when_due(
        requirement.when, issued_on=asking.notice.issued_on, on=asking.on, triggered_on=requirement.triggered_on
    )
    answers = [(check["name"], _answer(asking, requirement, check)) for check in requirement.checks]
    acceptance = getattr(judgement, "acceptance", None) if judgement else None
    if acceptance is not None and acceptance.decided_on > asking.on:
        acceptance = None
    evidence = [link for link in judgement.evidence.all() if link.counts(asking.on)] if judgement else []
    stands = position(
        [found for _, found in answers],
        judgement.says if judgement else None,
        acceptance.is_accepted if acceptance else None,
        due.state,
        names_evidence=bool(evidence),
    )
    section = titles.get(requirement.section, requirement.section)
    return PositionLine(requirement, due, answers, judgement, acceptance, evidence, stands, section)
