"""What audits of one question set found over some days: grades, moderation, and each question's answers.

Only audits chosen in one way are counted together: those chosen at random speak for the rest, others for themselves.
Rule: an audit that was withdrawn or not handed in counts nowhere; a grade is counted with whether it was moderated; a
grade of another family of scales is left out, and how many were is said.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.audits.grading import gradings, standing_grade, whole_question
from holdfast.audits.models import Audit, Moderation
from holdfast.audits.selectors.audits import every_audit, standing
from holdfast.performance.selectors.agreeing import AgreementWords, agreement_words
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.questions import selectors as questions
from holdfast.questions.counting import Counted, count
from holdfast.questions.models import QuestionSet
from holdfast.questions.wording import Choice, Scale

GOOD_OR_BETTER = 2
"""How many choices of a scale of grades, from the best, are good or better."""
FEWEST_OF_ONE = 5
"""Of fewer audits than these nothing is said of one auditor."""


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


@dataclass(frozen=True)
class Drift:
    """One auditor's grades beside the moderators' of the same cases."""

    auditor: str
    words: AgreementWords


def audits_found(
    user: Actor, code: str, question_set: QuestionSet, chosen: str, since: date, until: date
) -> list[Audit]:
    """The audits of a set, chosen in one way and handed in on some days (both included), that stand."""
    check(user, Permission.SEE_EVERY_AUDIT, code)
    found = standing(every_audit(user, code), until).filter(version__question_set=question_set, chosen=chosen)
    return list(found.filter(handed_in_on__gte=since, handed_in_on__lte=until))


def findings(audits: Sequence[Audit]) -> Findings:
    """What some audits of one set found, worst answered question first."""
    sheets = questions.with_answers(audit.sheet_id for audit in audits if audit.sheet_id)
    counted = [one for one in count(sheets).values() if one.question.met_by]
    counted.sort(key=lambda one: (one.met.share if one.met and one.met.share is not None else 2, one.question.code))
    return Findings(len(audits), grades_of(audits), counted)


def grades_of(audits: Sequence[Audit]) -> Grades | None:
    """The grades that stand, read on the scale of the newest version among them; None where none is given."""
    scale = _scale(audits)
    if scale is None:
        return None
    given = [standing_grade(audit) for audit in audits]
    known = {choice.stands_for for choice in scale.choices}
    read = [one for one in given if one.grade in known]
    counts = Counter(one.grade for one in read)
    good = sum(counts[choice.stands_for] for choice in scale.choices[:GOOD_OR_BETTER])
    n_moderated = sum(one.is_moderated for one in read)
    return Grades(scale.choices, counts, len(read), n_moderated, len(given) - len(read), share_of(good, len(read)))


def _scale(audits: Sequence[Audit]) -> Scale | None:
    newest = max(audits, key=lambda audit: audit.version.number, default=None)
    question = whole_question(questions.wording(newest.version)) if newest else None
    return question.scale if question else None


def positions(audits: Sequence[Audit]) -> tuple[list[tuple[Audit, tuple[int, int]]], Scale | None]:
    """Each twice-graded audit with the auditor's and the moderator's place on the scale, and the scale."""
    scale, found = _scale(audits), []
    if scale is None:
        return [], None
    place = {choice.stands_for: number for number, choice in enumerate(scale.choices)}
    for audit in audits:
        given, question = gradings(audit), whole_question(questions.wording(audit.version))
        if "moderator" in given and question is not None and question.scale is not None:
            own = [question.scale.choice(given[part].whole) for part in ("auditor", "moderator")]
            read = [place.get(choice.stands_for) for choice in own if choice]
            if len(read) == 2 and read[0] is not None and read[1] is not None:
                found.append((audit, (read[0], read[1])))
    return found, scale


def agreement(audits: Sequence[Audit], *, at_random: bool) -> AgreementWords | None:
    """How auditors and moderators agree: of those drawn at random, who speak for all, or of every one graded twice."""
    pairs, scale = positions(audits)
    own = [pair for audit, pair in pairs if not at_random or audit.moderation.why == Moderation.Why.SHARE]
    return agreement_words(own, len(scale.choices)) if scale and own else None


def graded_twice(user: Actor, code: str, since: date, until: date) -> tuple[str, AgreementWords] | None:
    """Of the question set with most cases drawn at random on some days: its title, and how the two grades agree.

    None where no such case has both grades. For who sees every audit.
    """
    check(user, Permission.SEE_EVERY_AUDIT, code)
    own = standing(every_audit(user, code), until).filter(handed_in_on__gte=since, handed_in_on__lte=until)
    by_set: dict[str, list[Audit]] = {}
    for audit in own.filter(chosen=Audit.Chosen.RANDOM, moderation__why=Moderation.Why.SHARE):
        by_set.setdefault(audit.version.question_set.title, []).append(audit)
    title, most = max(by_set.items(), key=lambda found: len(found[1]), default=("", []))
    words = agreement(most, at_random=True) if most else None
    return (title, words) if words else None


def drift(audits: Sequence[Audit]) -> list[Drift]:
    """Each auditor with enough audits graded twice, beside the moderators."""
    pairs, scale = positions(audits)
    by_auditor: dict[str, list[tuple[int, int]]] = {}
    for audit, pair in pairs:
        by_auditor.setdefault(audit.auditor.display_name if audit.auditor else "", []).append(pair)
    return [
        Drift(name, agreement_words(own, len(scale.choices)))
        for name, own in sorted(by_auditor.items())
        if scale and len(own) >= FEWEST_OF_ONE
    ]
