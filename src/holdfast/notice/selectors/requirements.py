"""One requirement with everything that bears on it, and the filtered list of all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from holdfast.access import clock
from holdfast.access.doors import Actor, check, may
from holdfast.access.permissions import Permission
from holdfast.jobs import attachments
from holdfast.notice.covering import CoveringAction, covering_actions
from holdfast.notice.models import (
    SHELF,
    AttachedText,
    Clause,
    Evidence,
    EvidenceLink,
    EvidenceOpening,
    Judgement,
    Recommendation,
)
from holdfast.notice.places import claimed, in_words
from holdfast.notice.selectors.notices import NoSuchRequirement, latest_text, notice_of
from holdfast.notice.selectors.positions import PositionLine, position_lines
from holdfast.performance.selectors.indicators import definition_cards


@dataclass(frozen=True)
class RequirementSeen:
    """A requirement's page: our words, the notice's, the position and all behind it, and what this account may do.

    `clauses` is empty when no text is attached (`text` None) or none matches. `indicators` pairs a code with its
    title, "" when this installation does not yet calculate it. `history` is every judgement, the newest first.
    `evidence` includes what was withdrawn; `counting` is what a judgement may name; `opened` the keys of what this
    account has opened: it may accept a judgement once it has opened all that the judgement names.
    """

    line: PositionLine
    places: Sequence[str]
    text: AttachedText | None
    clauses: Sequence[Clause]
    evidence: Sequence[EvidenceLink]
    history: Sequence[Judgement]
    actions: Sequence[CoveringAction]
    recommendations: Sequence[Recommendation]
    indicators: Sequence[tuple[str, str]]
    counting: Sequence[EvidenceLink]
    opened: frozenset[int]
    may_judge: bool
    may_decide: bool
    is_own_judgement: bool

    @property
    def unopened(self) -> list[EvidenceLink]:
        return [link for link in self.line.evidence if link.pk not in self.opened]


def requirement(user: Actor, code: str, ref: str) -> RequirementSeen:
    """One requirement and everything that bears on it. Raises Refused, NoNotice or NoSuchRequirement."""
    notice = notice_of(user, code)
    lines = position_lines(user, code, refs=[ref])
    if not lines:
        raise NoSuchRequirement(ref)
    found = lines[0].requirement
    text = latest_text(notice)
    titles = {card.id: card.title for card in definition_cards()}
    judged = lines[0].judgement
    evidence = list(found.evidence.select_related("added_by", "withdrawal__withdrawn_by"))
    openings = EvidenceOpening.objects.filter(evidence__in=evidence, opened_by_id=getattr(user, "pk", None))
    opened = frozenset(openings.values_list("evidence_id", flat=True))
    is_own = judged is not None and judged.judged_by_id == getattr(user, "pk", None)
    return RequirementSeen(
        line=lines[0],
        places=in_words(found.places, notice.sections),
        text=text,
        clauses=claimed(found.places, text.clauses.all()) if text else [],
        evidence=evidence,
        history=list(
            found.judgements.select_related("judged_by", "acceptance__decided_by", "withdrawal__withdrawn_by")
        ),
        actions=[action for action in covering_actions(user, code, clock.today()) if found.ref in action.requirements],
        recommendations=list(found.recommendations.all()),
        indicators=[(one, titles.get(one, "")) for one in found.indicators],
        counting=[link for link in evidence if link.counts(clock.today())],
        opened=opened,
        may_judge=may(user, Permission.JUDGE_REQUIREMENT, code),
        may_decide=judged is not None
        and lines[0].acceptance is None
        and not is_own
        and may(user, Permission.ACCEPT_JUDGEMENT, code),
        is_own_judgement=is_own,
    )


def verify_evidence(user: Actor) -> list[str]:
    """A sentence naming each file of evidence, of whatever kind, that is missing or changed. [] when all are sound."""
    check(user, Permission.SEE_PROGRAMME)
    return [
        f"Evidence {given.pk} of {given.shown_for}: the file {problem}."
        for kind in Evidence.__subclasses__()
        for given in kind._base_manager.filter(kind=Evidence.Kind.FILE).order_by("pk")
        if (problem := attachments.problem_with(SHELF, given.sha256))
    ]


def evidence_link(user: Actor, code: str, ref: str, number: int) -> EvidenceLink:
    """One piece of evidence of a requirement. Raises Refused, NoNotice or NoSuchRequirement (for none such either)."""
    found = EvidenceLink.objects.filter(requirement__notice=notice_of(user, code), requirement__ref__iexact=ref)
    link = found.select_related("requirement__notice__programme").filter(pk=number).first()
    if link is None:
        raise NoSuchRequirement(f"{ref}, evidence {number}")
    return link


def judgement(user: Actor, code: str, ref: str, number: int) -> Judgement:
    """One judgement of a requirement. Raises as evidence_link does."""
    found = Judgement.objects.filter(requirement__notice=notice_of(user, code), requirement__ref__iexact=ref)
    made = found.select_related("requirement__notice__programme").filter(pk=number).first()
    if made is None:
        raise NoSuchRequirement(f"{ref}, judgement {number}")
    return made


def filtered(
    lines: Iterable[PositionLine], *, section: str = "", modality: str = "", position: str = ""
) -> list[PositionLine]:
    """The lines that match every filter given."""
    return [
        line
        for line in lines
        if section in ("", line.requirement.section)
        and modality in ("", line.requirement.modality)
        and position in ("", line.position)
    ]
