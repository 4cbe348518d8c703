"""What audits of one question set found over some days: grades, moderation, and each question's answers by theme.

Only audits chosen in one way are counted together: those chosen at random speak for the rest, others for themselves.
Rule: an audit that was withdrawn or not handed in counts nowhere; a grade is counted with whether it was moderated; a
grade of another family of scales is left out, and how many were is said. What was handed in never changes, so a month's
answers are counted once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet

from holdfast.access.doors import SYSTEM, Actor, Refused, check
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.audits.grading import graded, whole_question
from holdfast.audits.models import Audit, Grading, Moderation, Sample
from holdfast.audits.selectors import samples
from holdfast.audits.selectors.audits import standing
from holdfast.audits.themes import THEMES, theme_of
from holdfast.pages.kept import keep, keep_for_good
from holdfast.performance.selectors.agreeing import AgreementWords, agreement_words
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.questions import selectors as questions
from holdfast.questions.counting import Counted, count_of, together
from holdfast.questions.models import QuestionSet, SetVersion
from holdfast.questions.wording import Choice, Scale

Pair = tuple[int, int]
GOOD_OR_BETTER = 2
"""How many choices of a scale of grades, from the best, are good or better."""
FEWEST_OF_ONE = 5
"""Of fewer audits than these nothing is said of one auditor."""


class Pooled(Refused):
    """Audits chosen in different ways, or of different question sets, would be counted as one: refused, on record."""

    def __init__(self, programme: str) -> None:
        super().__init__(None, programme)
        self.args = (
            "Audits chosen in different ways, or that answer different questions, are never counted together.",
        )


@dataclass(frozen=True, eq=False)
class Given:
    """What a grade follows from, and its auditor: made once for all the audits that were read together and have it so.

    `auditor_key` means the account, since two may have one name; None: nobody's. `drawn_why`: why it is graded again,
    "" when it is not. `first`, `second` and `final` are the auditor's, the moderator's and the final grade of the
    whole; "" none.
    """

    version: SetVersion
    chosen: str
    auditor: str
    auditor_key: int | None
    drawn_why: str
    first: str
    second: str
    final: str


class AuditRead(NamedTuple):
    """One audit as it is counted; a tuple, since a page reads ten thousand."""

    number: int
    programme: str
    sheet: int | None
    handed_in_on: date
    given: Given

    @property
    def version(self) -> SetVersion:
        return self.given.version

    @property
    def waits(self) -> bool:
        """Whether it is still to be graded again blind."""
        return bool(self.given.drawn_why) and not self.given.second


@dataclass(frozen=True)
class Grades:
    """The grades of some audits on today's scale: how many of each, the share good or better, how many moderated."""

    choices: Sequence[Choice]
    counts: Counter[str]  # by what a choice stands for
    n: int
    n_moderated: int
    n_left_out: int
    good: Share


@dataclass(frozen=True)
class Findings:
    """What the audits found. `grades` None: the set gives none. `counted` has each question that was asked."""

    n: int
    grades: Grades | None
    counted: Sequence[Counted]

    @property
    def by_theme(self) -> Mapping[str, Sequence[Counted]]:
        """Theme to its questions, in the order of themes; the most often short of what is looked for first."""
        found: dict[str, list[Counted]] = {theme: [] for theme in THEMES}
        for one in self.counted:
            found[theme_of(one.question)].append(one)
        return {theme: own for theme, own in found.items() if own}


@dataclass(frozen=True)
class Drift:
    """One auditor's grades beside the moderators' of the same cases."""

    auditor: str
    words: AgreementWords


def refuse_several(code: str, *asked: Sequence[str]) -> None:
    """Raises Pooled where more than one question set, or kind of sample, was asked for at once."""
    if any(len(set(filter(None, several))) > 1 for several in asked):
        raise Pooled(code)


def refuse_unknown(chosen: Sequence[str]) -> None:
    """Raises NotDone for a way of choosing cases that there is not: nothing would be found, and read as none found."""
    unknown = sorted(set(chosen) - set(Audit.Chosen.values))
    if unknown:
        raise NotDone(f"Cases are not chosen by “{unknown[0]}”. Choose one of: {', '.join(Audit.Chosen.values)}.")


def audits_found(
    user: Actor,
    code: str,
    question_set: QuestionSet,
    chosen: str,
    since: date,
    until: date,
    *,
    sample: int | None = None,
) -> list[AuditRead]:
    """The audits of a set, chosen in one way and handed in on some days (both included), that stand.

    `sample`: only those of the sample with this number.
    """
    check(user, Permission.SEE_EVERY_AUDIT, code)
    found = Audit.objects.filter(programme__code=code, version__question_set=question_set, chosen=chosen)
    if sample is not None:
        found = found.filter(sampled__sample__number=sample)
    return _read(found, code, since, until)


def _read(audits: QuerySet[Audit], code: str, since: date, until: date) -> list[AuditRead]:
    """Those handed in on some days that stand, in three queries however many there are."""
    own = standing(audits, until).filter(handed_in_on__gte=since, handed_in_on__lte=until)
    parts = {f"grade_{part}": FilteredRelation("gradings", condition=Q(gradings__part=part)) for part in Grading.Part}
    names = ("version_id", "chosen", "auditor_id", "moderation__why", *(f"{part}__whole" for part in parts))
    rows = own.annotate(**parts).order_by("number").values_list("number", "sheet_id", "handed_in_on", *names)
    read = [(number, sheet, on, tuple(given)) for number, sheet, on, *given in rows]
    alike = {given for *_, given in read}
    versions = SetVersion.objects.select_related("question_set").in_bulk({version for version, *_ in alike})
    people = Account.objects.in_bulk({auditor for _, _, auditor, *_ in alike} - {None})
    called = {pk: account.display_name for pk, account in people.items()}
    made = {
        (version, chosen, auditor, *others): Given(
            versions[version], chosen, called.get(auditor, ""), auditor, *(each or "" for each in others)
        )
        for version, chosen, auditor, *others in alike
    }
    return [AuditRead(number, code, sheet, on, made[given]) for number, sheet, on, given in read if on is not None]


@dataclass(frozen=True)
class Found:
    """All that the page of some audits says: what they found, how grades agree, and from which frames they were drawn.

    `drawn`: of those that chance drew to be graded again; `every`: of all that were graded twice.
    """

    findings: Findings
    drawn: AgreementWords | None
    every: AgreementWords | None
    drift: Sequence["Drift"]
    frames: Sequence[Sample]


def what_was_found(user: Actor, code: str, *, question_set: QuestionSet, chosen: str, **asked: Any) -> Found:
    """What the audits that `audits_found` gives found; worked out again only when one of their tables was written to.

    It is the same for whoever may see every audit, and kept once for them all; each is asked whether they may.
    """
    check(user, Permission.SEE_EVERY_AUDIT, code)
    also = (question_set.pk, str(chosen), *sorted(asked.items()))

    def work_out() -> Found:
        audits = audits_found(SYSTEM, code, question_set, chosen, **asked)
        drawn, every = (agreement(audits, at_random=at_random) for at_random in (True, False))
        frames = samples.frames_of(SYSTEM, code, [audit.number for audit in audits])
        return Found(findings(audits), drawn, every, drift(audits), frames)

    return keep("what audits found", SYSTEM, code, work_out, also=also, reads_all=True)


def nothing_found() -> Found:
    """What no audits found."""
    return Found(findings([]), None, None, [], [])


def findings(audits: Sequence[AuditRead]) -> Findings:
    """What some audits of one set found, worst answered question first. Raises Pooled."""
    counted = [one for one in answers_counted(audits) if one.question.met_by]
    counted.sort(key=lambda one: (one.met.share if one.met and one.met.share is not None else 2, one.question.code))
    return Findings(len(audits), grades_of(audits), counted)


def _alike(audits: Sequence[AuditRead]) -> Counter[Given]:
    """How many of the audits have each: as few as there are grades and auditors, of ten thousand. Raises Pooled."""
    found = Counter(audit.given for audit in audits)
    if len({given.chosen for given in found}) > 1 or len({given.version.question_set_id for given in found}) > 1:
        raise Pooled(audits[0].programme)
    return found


def answers_counted(audits: Sequence[AuditRead]) -> list[Counted]:
    """Each question that was asked with its answers. Raises Pooled."""
    _alike(audits)
    months: dict[tuple[int, int], dict[int, SetVersion]] = {}
    for audit in audits:
        if audit.sheet is not None:
            months.setdefault((audit.handed_in_on.year, audit.handed_in_on.month), {})[audit.sheet] = audit.version
    return together(keep_for_good("answers", tuple(own), partial(count_of, own)) for own in months.values())


def count_ahead(code: str, on: date) -> None:
    """Count the answers of every audit, month by month, before the first reader asks for them."""
    for question_set in questions.question_sets(SYSTEM, code):
        for chosen in Audit.Chosen.values:
            answers_counted(audits_found(SYSTEM, code, question_set, chosen, date.min, on))


def grades_of(audits: Sequence[AuditRead]) -> Grades | None:
    """The grades that stand, read on the scale of the newest version among them; None where none is given."""
    alike = _alike(audits)
    scale, own = _scale(alike), _scales(alike)
    if scale is None:
        return None
    known = {choice.stands_for for choice in scale.choices}
    counts: Counter[str] = Counter()
    n_moderated = 0
    for given, n in alike.items():
        parts = {"auditor": given.first, "moderator": given.second, "final": given.final}
        wholes = {part: whole for part, whole in parts.items() if whole}
        grade = graded(own[given.version.pk], wholes, is_drawn=bool(given.drawn_why))
        if grade.grade in known:
            counts[grade.grade] += n
            n_moderated += n if grade.is_moderated else 0
    good, n_read = sum(counts[choice.stands_for] for choice in scale.choices[:GOOD_OR_BETTER]), counts.total()
    return Grades(scale.choices, counts, n_read, n_moderated, len(audits) - n_read, share_of(good, n_read))


def _scale(alike: Iterable[Given]) -> Scale | None:
    newest = max((given.version for given in alike), key=lambda version: version.number, default=None)
    return _scale_of(newest) if newest is not None else None


def _scale_of(version: SetVersion) -> Scale | None:
    question = whole_question(questions.wording(version))
    return question.scale if question else None


def _scales(alike: Iterable[Given]) -> dict[int, Scale | None]:
    """Version to the scale that its whole is graded on; None where it gives no grade."""
    return {version.pk: _scale_of(version) for version in {given.version for given in alike}}


def positions(audits: Sequence[AuditRead]) -> tuple[list[tuple[Given, list[Pair]]], Scale | None]:
    """The twice-graded audits, those alike together: the auditor's and the moderator's place of each; and the scale."""
    alike = _alike(audits)
    scale, own, found = _scale(alike), _scales(alike), []
    if scale is None:
        return [], None
    read_as = {choice.stands_for: number for number, choice in enumerate(scale.choices)}
    place = {
        (version, choice.code): read_as[choice.stands_for]
        for version, its in own.items()
        if its is not None
        for choice in its.choices
        if choice.stands_for in read_as
    }
    for given, n in alike.items():
        first, second = (place.get((given.version.pk, whole)) for whole in (given.first, given.second))
        if first is not None and second is not None:
            found.append((given, [(first, second)] * n))
    return found, scale


def agreement(audits: Sequence[AuditRead], *, at_random: bool) -> AgreementWords | None:
    """How auditors and moderators agree: of those drawn at random, who speak for all, or of every one graded twice."""
    graded_alike, scale = positions(audits)
    whose = [pairs for given, pairs in graded_alike if not at_random or given.drawn_why == Moderation.Why.SHARE]
    own = list(chain.from_iterable(whose))
    return agreement_words(own, len(scale.choices)) if scale and own else None


def graded_twice(user: Actor, code: str, since: date, until: date) -> tuple[str, AgreementWords] | None:
    """Of the question set with most cases drawn at random on some days: its title, and how the two grades agree.

    None where no such case has both grades. For who sees every audit.
    """
    check(user, Permission.SEE_EVERY_AUDIT, code)
    drawn = Audit.objects.filter(programme__code=code, chosen=Audit.Chosen.RANDOM)
    by_set: dict[str, list[AuditRead]] = {}
    for audit in _read(drawn.filter(moderation__why=Moderation.Why.SHARE), code, since, until):
        by_set.setdefault(audit.version.question_set.title, []).append(audit)
    title, most = max(by_set.items(), key=lambda found: len(found[1]), default=("", []))
    words = agreement(most, at_random=True) if most else None
    return (title, words) if words else None


def drift(audits: Sequence[AuditRead]) -> list[Drift]:
    """Each auditor with enough audits graded twice, beside the moderators."""
    graded_alike, scale = positions(audits)
    by_auditor: dict[tuple[str, int | None], list[Pair]] = {}
    for given, pairs in graded_alike:
        by_auditor.setdefault((given.auditor, given.auditor_key), []).extend(pairs)
    return [
        Drift(name, agreement_words(own, len(scale.choices)))
        for (name, _), own in sorted(by_auditor.items())
        if scale and len(own) >= FEWEST_OF_ONE
    ]
