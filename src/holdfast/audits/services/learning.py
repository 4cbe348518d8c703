"""Findings recorded from what was counted, their actions in the one list, and lessons briefings.

Rule: nobody types a number of a finding; what something reported is never changed, and a correction is another finding
that replaces it.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits.models import Audit, Briefing, Finding, FindingAction, Sample
from holdfast.audits.selectors import findings as counting
from holdfast.audits.selectors import learning as selectors
from holdfast.audits.themes import theme_of
from holdfast.organisation.models import Post, Programme
from holdfast.plan import selectors as plan
from holdfast.plan.models import Objective
from holdfast.plan.services.adding import add_action
from holdfast.questions.counting import Counted
from holdfast.questions.models import QuestionSet
from holdfast.questions.naming import seems


class Reported(Forbidden):
    """Something has reported the finding, so that it stays as it was read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(
            f"Finding {finding.number} was reported in {finding.reported_in}, so it stays as it was read. "
            "Record another that replaces it, and say why.",
            programme=finding.programme.code,
        )


class NothingFound(NotDone):
    """No audit answered the question in what was asked for, or nothing is looked for in it."""

    def __init__(self) -> None:
        super().__init__("None of these audits answered that question, so nothing was found.")


class NoWords(NotDone):
    def __init__(self) -> None:
        super().__init__("Say what was found, in a sentence or two.", field="words")


class NotReplaceable(NotDone):
    """The finding is not reported, so it may be changed; or another replaces it already."""


@service
def record_finding(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    question_set: QuestionSet,
    chosen: str,
    since: date,
    until: date,
    question: str,
    words: str,
    sample: Sample | None = None,
    is_invented: bool = False,
) -> Finding:
    """Keep what the answers to one question show, counted here. Raises Refused, NoWords or NothingFound."""
    check(by, Permission.MANAGE_AUDITS, programme.code)
    finding = Finding(programme=programme, question_set=question_set, chosen=Audit.Chosen(chosen), sample=sample)
    finding.since, finding.until, finding.question, finding.is_invented = since, until, question, is_invented
    _keep(by, at, finding, words)
    detail = {"question": question, "chosen": str(finding.chosen)}
    detail |= seems(words)
    record("finding recorded", programme=programme.code, subject=str(finding), detail=detail)
    return finding


def _keep(by: Actor, at: datetime, finding: Finding, words: str) -> None:
    """Count a finding, number it and save it."""
    if not words.strip():
        raise NoWords
    code = finding.programme.code
    counted = _counted(by, code, finding)
    short = counted.short
    if short is None or not short.n:
        raise NothingFound
    Programme.objects.select_for_update().get(pk=finding.programme_id)
    last = Finding.objects.filter(programme_id=finding.programme_id).order_by("-number").first()
    finding.number = last.number + 1 if last else 1
    finding.n_short, finding.n, finding.theme = short.n_in, short.n, theme_of(counted.question)
    finding.asked, finding.words = counted.question.ask, words.strip()
    finding.found_on, finding.found_by = clock.day_of(at), account_of(by)
    finding.save()


def _counted(by: Actor, code: str, finding: Finding) -> Counted:
    """The newest wording of a finding's question, with its answers. Raises NothingFound."""
    sample = finding.sample.number if finding.sample else None
    days = (finding.since, finding.until)
    audits = counting.audits_found(by, code, finding.question_set, finding.chosen, *days, sample=sample)
    own = [one for one in counting.answers_counted(audits) if one.question.code == finding.question]
    if not own:
        raise NothingFound
    return own[-1]


@service
def change_finding(*, by: Actor, at: datetime, finding: Finding, words: str) -> Finding:
    """Say a finding in other words, while nothing has reported it. Raises Refused, Reported or NoWords."""
    code = finding.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    kept = Finding.objects.select_for_update().get(pk=finding.pk)
    if kept.reported_on is not None:
        raise Reported(kept)
    if not words.strip():
        raise NoWords
    before, kept.words = kept.words, words.strip()
    kept.save()
    detail = {"before": "not kept: it seemed to name somebody" if seems(before) else before, **seems(words)}
    record("finding said in other words", programme=code, subject=str(kept), detail=detail)
    return kept


@service
def replace_finding(*, by: Actor, at: datetime, finding: Finding, words: str, reason: str) -> Finding:
    """A finding, counted again, in place of one that was reported. Both stay. Raises NotReplaceable or as recording."""
    code = finding.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    kept = Finding.objects.select_for_update().get(pk=finding.pk)
    if kept.reported_on is None or hasattr(kept, "replaced_by"):
        words = "Another replaces it already." if kept.reported_on else "Nothing has reported it: change it instead."
        raise NotReplaceable(words)
    if not reason.strip():
        raise NotDone("Say why it is replaced, in a sentence or two.", field="reason")
    asks = {"question_set": kept.question_set, "chosen": kept.chosen, "sample": kept.sample, "question": kept.question}
    other = Finding(programme=kept.programme, since=kept.since, until=kept.until, is_invented=kept.is_invented, **asks)
    other.replaces, other.replaces_why = kept, reason.strip()
    _keep(by, at, other, words)
    detail = {"replaces": kept.number, **(seems(reason, words) or {"why": other.replaces_why})}
    record("finding recorded", programme=code, subject=str(other), detail=detail)
    return other


@service
def act_on_finding(
    *, by: Actor, at: datetime, finding: Finding, objective: Objective, ref: str, title: str, owner: Post, due_on: date
) -> FindingAction:
    """An action of the plan that answers a finding, by who keeps the plan. Raises Refused, or a refusal of its own."""
    action = add_action(
        by=by,
        at=at,
        objective=objective,
        ref=ref,
        title=title,
        owner=owner,
        due_on=due_on,
        raised_from=("audit finding", f"finding/{finding.number}", finding.words[:200]),
    )
    return _link(by, at, finding, action.ref)


@service
def link_action(*, by: Actor, at: datetime, finding: Finding, plan_ref: str) -> FindingAction:
    """Say that an action which is in the plan already answers a finding. Raises Refused, or NotDone for none such."""
    code = finding.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    if plan_ref not in {action.ref for action in plan.whole_actions(by, code)}:
        raise NotDone("There is no such action in the plan. Choose one of its references.", field="plan_ref")
    if FindingAction.objects.filter(finding=finding, plan_ref=plan_ref).exists():
        raise NotDone("That action answers this finding already.", field="plan_ref")
    return _link(by, at, finding, plan_ref)


def _link(by: Actor, at: datetime, finding: Finding, plan_ref: str) -> FindingAction:
    linked = FindingAction(finding=finding, plan_ref=plan_ref, linked_on=clock.day_of(at), linked_by=account_of(by))
    linked.save()
    detail = {"action": plan_ref}
    record("finding answered by an action", programme=finding.programme.code, subject=str(finding), detail=detail)
    return linked


@service
def make_briefing(
    *, by: Actor, at: datetime, programme: Programme, title: str, words: str, findings: Sequence[int]
) -> Briefing:
    """A lessons briefing of findings, by number, as they are now; each is reported by it. Raises Refused or NotDone."""
    code = programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    Programme.objects.select_for_update().get(pk=programme.pk)
    chosen = [selectors.one_finding(by, code, number) for number in sorted(set(findings))]
    if not chosen:
        raise NotDone("Choose at least one finding.", field="findings")
    last = Briefing.objects.filter(programme=programme).order_by("-number").first()
    briefing = Briefing(programme=programme, number=last.number + 1 if last else 1, title=title, words=words.strip())
    briefing.content = {"findings": [_as_content(finding) for finding in chosen]}
    as_text = json.dumps([title, briefing.words, briefing.content], sort_keys=True, ensure_ascii=False)
    briefing.content_hash = hashlib.sha256(as_text.encode()).hexdigest()
    briefing.made_on, briefing.made_by = clock.day_of(at), account_of(by)
    briefing.save()
    _reported(chosen, briefing.made_on, str(briefing))
    detail = {"findings": ", ".join(str(finding.number) for finding in chosen), "sha256": briefing.content_hash}
    detail |= seems(title, words)
    record("lessons briefing made", programme=code, subject=str(briefing), detail=detail)
    return briefing


def _reported(findings: Sequence[Finding], on: date, named: str) -> None:
    """Findings that something reports stay as they are from that day; what reported one first is kept."""
    for finding in findings:
        if finding.reported_on is None:
            finding.reported_on, finding.reported_in = on, named
            finding.save()


@service
def report_findings(
    *, by: Actor, at: datetime, programme: Programme, numbers: Sequence[int], named: str
) -> list[Finding]:
    """That a report of audits, by its name, reports some findings, which stay from now on. Raises Refused."""
    check(by, Permission.MANAGE_AUDITS, programme.code)
    found = list(Finding.objects.select_for_update().filter(programme=programme, number__in=numbers))
    _reported(found, clock.day_of(at), named)
    detail = {"findings": ", ".join(map(str, sorted(numbers)))}
    record("findings reported", programme=programme.code, subject=named, detail=detail)
    return found


def _as_content(finding: Finding) -> dict[str, Any]:
    """A finding as a briefing keeps it: no case, no team, no person."""
    return {
        "number": finding.number,
        "theme": finding.theme,
        "words": finding.words,
        "asked": finding.asked,
        "n_short": finding.n_short,
        "n": finding.n,
        "chosen": str(finding.chosen),
        "since": finding.since.isoformat(),
        "until": finding.until.isoformat(),
        "actions": [linked.plan_ref for linked in finding.actions.all()],
    }
