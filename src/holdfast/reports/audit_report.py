"""The report of one cycle of audits as a structured document, in two copies: both boards', and the one for members.

Both say the same things in the same order. The boards' copy has small counts and names auditors; the other has neither,
and no grade of a team. Not here: what is counted (audits.selectors.cycle) or how it looks (rendering). Rule: groups of
audits stand apart, so no number here is of two question sets, or of cases chosen in two ways.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.conf import settings

from holdfast.access.doors import SYSTEM
from holdfast.audits.models import Audit, Finding
from holdfast.audits.selectors.cycle import Cycle, Drawn, Group, TeamGrades, cycle
from holdfast.audits.selectors.findings import FEWEST_OF_ONE
from holdfast.audits.selectors.learning import Loop, share_found
from holdfast.audits.themes import title_of
from holdfast.audits.written_joint import summary
from holdfast.organisation.models import Programme
from holdfast.pages.words import INVENTED, counted, date_words, days_words, upper_first
from holdfast.performance.selectors.shares import Share, safe_together, share_of
from holdfast.questions.counting import Counted
from holdfast.questions.naming import looks_like
from holdfast.reports.audit_report_moderation import agreement_lines, agreement_table, drift_table
from holdfast.reports.audit_report_parts import Said, Words, section, table_of

FORMAT: Final = "holdfast-audit-report-1"
TITLE: Final = "What audits found"
FOR_BOARDS: Final = "For the members of both boards: it holds small counts and names auditors"
FOR_MEMBERS: Final = "For members and the public: small counts are hidden, and nobody is named"
HIDDEN_SAID: Final = "A “c” is hidden to protect children and workers: it is small, or would give a small count away."
SPEAKS: Final = {
    Audit.Chosen.RANDOM: "Drawn at random: they speak for the cases that they were drawn from.",
    Audit.Chosen.RISK: "Chosen because of a risk: they speak for these cases alone, and are counted with no others.",
    Audit.Chosen.THEME: "Chosen for a theme: they speak for these cases alone, and are counted with no others.",
    Audit.Chosen.AGAIN: "Audited again: they speak for these cases alone, and are counted with no others.",
}
LOOSE_POINTS: Final = 20
"""An interval wider than this leaves open whether practice is good: the report says so of each grade."""


def audit_report(programme: Programme, since: date, until: date, on: date, number: int, maker: str) -> dict[str, Words]:
    """Both copies by their name, "boards" and "members", of the same reading of the cycle."""
    found = cycle(SYSTEM, programme.code, since, until)
    return {copy: _document(programme, found, on, number, maker, copy) for copy in ("boards", "members")}


def _document(programme: Programme, found: Cycle, on: date, number: int, maker: str, copy: str) -> Words:
    is_open = copy == "members"
    said: Said = (lambda share: share.safe_words) if is_open else (lambda share: share.words)
    sections = [_agreed(found), *_groups(found, said, is_open), _joint(found, is_open), _safety(found, said)]
    sections += [_learning(found, said, is_open), _without_action(found, is_open), _cannot_show(found, is_open)]
    return {
        "format": FORMAT,
        "copy": copy,
        "copy_words": FOR_MEMBERS if is_open else FOR_BOARDS,
        "title": TITLE,
        "number": number,
        "programme": {"code": programme.code, "name": programme.name, "council": programme.council.name},
        "days_words": f"Audits handed in from {days_words(found.since, found.until)}",
        "frozen_on": on.isoformat(),
        "frozen_on_words": date_words(on),
        "by": "" if is_open else maker,
        "invented": INVENTED if settings.MODE == "demo" else "",
        "summary": _summary(found, said),
        "sections": sections,
        "n_audits": sum(group.found.n for group in found.groups),
        "findings": [loop.finding.number for loop in found.loops],
    }


def _named(group: Group) -> str:
    return f"{group.question_set.title}, {Audit.Chosen(group.chosen).label.lower()}"


def _summary(found: Cycle, said: Said) -> list[str]:
    """What a busy reader takes away, a sentence for each group of audits and one for what led to nothing."""
    lines = []
    for group in found.groups:
        grades = group.found.grades
        if grades is not None and grades.n:
            words = f"{_named(group)}: good or better in {said(grades.good)}."
            lines.append(f"{words} {_moderated(grades.n_moderated, grades.n, said)}")
        else:
            lines.append(f"{_named(group)}: {counted(group.found.n, 'audit')}, which give no grade.")
    n = sum(not loop.actions for loop in found.loops)
    of = f"{n or 'none'} of {len(found.loops)}" if found.loops else "no finding was recorded"
    lines.append(f"Findings that no action answers: {of}.")
    return lines if found.groups else ["No audit was handed in in these days.", *lines]


def _moderated(n: int, n_all: int, said: Said) -> str:
    # Without an interval: it counts what was done, and speaks of no other case.
    return f"Moderated: {_of(n, n_all, said)}; the rest are the auditor’s grade alone, not moderated."


def _agreed(found: Cycle) -> Words:
    rows = [[f"{each.line.title}, {each.words}", f"{each.n_planned:,}", f"{each.n_done:,}"] for each in found.periods]
    n_short = sum(bool(each.n_short) for each in found.periods)
    if not rows:
        words = [
            "No programme of audits agreed by both boards was in force for a whole period of these days, so there is "
            "no agreed number to hold them against."
        ]
    else:
        words = [f"{n_short or 'None'} of {counted(len(rows), 'line')} fell short of what both boards agreed."]
    table = table_of("What both boards agreed, and what was done", ["Audits", "Agreed", "Done"], rows, (1, 2))
    return section("What was agreed and what was done", words, table)


def _groups(found: Cycle, said: Said, is_open: bool) -> list[Words]:
    sections = []
    for group, teams in zip(found.groups, found.teams, strict=True):
        sections.append(
            section(
                _named(group),
                [*_frame_words(group), *_grade_words(group, said), *agreement_lines(group, said)],
                _frames(group.drawn, is_open),
                _grades(group, said, is_open),
                _domains(group, said, is_open),
                _short_of(group, is_open),
                agreement_table(group, said),
                drift_table(group, said, is_open),
                _team_counts(teams) if is_open else _team_grades(teams),
            )
        )
    return sections


def _frame_words(group: Group) -> list[str]:
    words = [f"{counted(group.found.n, 'audit')}. {SPEAKS[Audit.Chosen(group.chosen)]}"]
    if group.n_not_drawn:
        n = counted(group.n_not_drawn, "of them was", "of them were")
        words.append(f"{n} drawn by no sample that is kept here, so nobody can draw those again.")
    return words


def _frames(drawn: Sequence[Drawn], is_open: bool) -> Words:
    """What samples were drawn from. In the open copy no frame's size, which is a figure's count of children however
    small, nor its hash, against which a list of references could be tried where the frame is of a few."""
    rows = []
    for each in drawn:
        sample, size, frame = each.sample, f", from {each.sample.n_frame:,}", f"; frame {each.sample.frame_hash[:16]}"
        rows.append(
            [
                f"Sample {sample.number}: {sample.purpose}",
                f"{each.n_audits:,} of {sum(sample.wanted.values()):,} drawn{'' if is_open else size}",
                f"{each.n_left_out:,}",
                f"Draw {sample.draw}{f': {sample.again_why}' if sample.again_why else ''}",
                f"{sample.release.reference}; seed {sample.seed}{'' if is_open else frame}",
            ]
        )
    head = ["Sample", "Audits here", "Drawn cases left out", "Which draw", "How to draw it again"]
    return table_of("What they were drawn from", head, rows, (2,))


def _grade_words(group: Group, said: Said) -> list[str]:
    grades = group.found.grades
    if grades is None or not grades.n:
        return ["These questions give no grade."]
    words = [f"Good or better: {said(grades.good)}.", _moderated(grades.n_moderated, grades.n, said)]
    if grades.n_left_out:
        words.append(f"{counted(grades.n_left_out, 'audit')} gave a grade on another scale, and are in none of these.")
    return words


def _grades(group: Group, said: Said, is_open: bool) -> Words | None:
    """How many of each grade; in the open copy none, since one of the best is often one worker's."""
    grades = group.found.grades
    if grades is None or is_open:
        return None
    rows = [[choice.label, said(share_of(grades.counts[choice.stands_for], grades.n))] for choice in grades.choices]
    return table_of("Grades that stand", ["Grade", "Audits, with 95% interval"], rows)


def _domains(group: Group, said: Said, is_open: bool) -> Words:
    good = _side_by_side([each.good for each in group.domains], group.found.n, is_open)
    rows = [
        [each.ask, words, _of(each.n_moderated, each.good.n, said) if words == each.good.words else words]
        for each, words in zip(group.domains, good, strict=True)
    ]
    return table_of("By domain", ["What was graded", "Good or better, with 95% interval", "Moderated"], rows)


def _side_by_side(shares: Sequence[Share], n: int, is_open: bool) -> list[str]:
    """Several shares of the same n audits: in the open copy none whose base would give a small count away."""
    return safe_together(shares, n) if is_open else [share.words for share in shares]


def _of(n_in: int, n: int, said: Said) -> str:
    share = share_of(n_in, n)
    return said(share) if said(share) != share.words else share.of


def _short_of(group: Group, is_open: bool) -> Words:
    """What most often fell short, each of those who answered: the questions of a theme under its name."""
    asked = [
        (title_of(theme), one, one.short)
        for theme, questions in group.found.by_theme.items()
        for one in questions
        if one.short is not None and one.short.n
    ]
    short = _side_by_side([share for _, _, share in asked], group.found.n, is_open)
    rows: list[list[str]] = []
    for place, ((theme, one, _), words) in enumerate(zip(asked, short, strict=True)):
        rows += [[theme]] if not place or asked[place - 1][0] != theme else []
        rows.append([one.question.ask, _kinds(one, is_open), words])
    head = ["Question", "Answers that count as short", "Short of what is looked for, with 95% interval"]
    return table_of("What was asked, and how often it fell short", head, rows)


def _kinds(one: Counted, is_open: bool) -> str:
    """Which answers count as short; how many gave each, but in the open copy."""
    return "; ".join(label if is_open else f"{label}: {n:,}" for label, n in one.short_kinds if n or is_open) or "None"


def _team_counts(teams: Sequence[TeamGrades]) -> Words:
    rows = [[each.team, f"{each.n:,}" if each.n >= FEWEST_OF_ONE else f"fewer than {FEWEST_OF_ONE}"] for each in teams]
    return table_of("Audits by team; no grade of a team is printed in this copy", ["Team", "Audits"], rows)


def _team_grades(teams: Sequence[TeamGrades]) -> Words:
    """A team's grades only of enough audits: one audit of a team of four is one person's grade."""
    rows = [
        [each.team, f"{each.n:,}", each.good.words if each.good.n >= FEWEST_OF_ONE else f"c: under {FEWEST_OF_ONE}"]
        for each in teams
    ]
    head = ["Team", "Audits", "Good or better, with 95% interval"]
    return table_of("Grades by team", head, rows, (1,))


def _joint(found: Cycle, is_open: bool) -> Words:
    """Audits by several agencies: each agency's own judgement beside the panel's. A few children, so none in the open.

    Only how many there were, and how many lessons have an action, is said to everybody.
    """
    lessons = [lesson for joint in found.joint for lesson in joint.lessons.all()]
    n = sum(bool(lesson.plan_ref) for lesson in lessons)
    if not found.joint:
        return section("Multi-agency audits", ["No panel of agencies judged a multi-agency audit in these days."])
    judged = upper_first(counted(len(found.joint), "audit was", "audits were"))
    led = f"{n:,} of {counted(len(lessons), 'lesson')} have an action" if lessons else "no lesson was recorded"
    words = [f"{judged} judged by a panel of agencies: {led}."]
    words += ["They are chosen to learn from, and counted with no others."]
    rows = [] if is_open else [list(summary(joint)) for joint in found.joint]
    table = table_of("Each agency’s own judgement, and the panel’s", ["Audit", "Judged", "Lessons"], rows)
    learnt = [] if is_open else [[str(one.agency), one.words, one.plan_ref or "No action yet"] for one in lessons]
    return section("Multi-agency audits", words, table, table_of("Lessons", ["Agency", "Lesson", "Action"], learnt))


def _safety(found: Cycle, said: Said) -> Words:
    n, share = found.n_criticals, share_of(found.n_criticals_closed, found.n_criticals)
    if not n:
        return section("Children who may not have been safe", ["No audit found one.", *_room(found, said)])
    told = said(share)
    words = f"Found: {told}."
    if told == share.words:
        words = f"{counted(n, 'was', 'were')} found, and {share.of} closed."
        words += f" A manager of the team was told on the day itself of {share_of(found.n_criticals_told, n).of}."
    elif found.n_criticals_told == n:
        words += " A manager of the team was told of each on the day itself."
    return section("Children who may not have been safe", [words])


def _room(found: Cycle, said: Said) -> list[str]:
    """What none found leaves open, by each kind of audit that chance drew: no other says anything of other children."""
    shares = [(group, share_of(0, group.found.n)) for group in found.groups if group.chosen == Audit.Chosen.RANDOM]
    told = [share.of_sample(_named(group)) for group, share in shares if said(share) == share.words]
    return [*told, "An audit that could not tell is among those that found none, which is not none of all children."]


def _told(finding: Finding, is_open: bool) -> str:
    """A finding's own words; in the open copy the question instead, where the words look as if they named somebody."""
    words = finding.words if not (is_open and looks_like(finding.words)) else f"Short of: {finding.asked}"
    return f"{finding.number}. {words}"


def _learning(found: Cycle, said: Said, is_open: bool) -> Words:
    rows = [_loop_row(loop, found.until, said, is_open) for loop in found.loops if loop.actions]
    head = ["Finding", "What it was", "What is done", "Asked again", "What changed"]
    words = ["What earlier findings led to. An action that is done has not changed anything until it was asked again."]
    words = words if rows else ["No finding that an action answers was recorded by then."]
    return section("What came of earlier findings", words, table_of("The learning loop", head, rows))


def _loop_row(loop: Loop, on: date, said: Said, is_open: bool) -> list[str]:
    again = "Asked again" if loop.again else f"due {date_words(loop.again_on)}" if loop.again_on else "not due yet"
    late = ", late" if loop.is_late(on) else ""
    changed = " ".join(each.words if _may_say(each.now, said) else said(each.now) for each in loop.again) or "Not known"
    states = ((each.ref, each.action.state_words(on) if each.action else "not in the plan") for each in loop.actions)
    doing = " ".join(f"{ref} ({state})." for ref, state in states)
    return [_told(loop.finding, is_open), _share_words(loop, said), doing, again + late, changed]


def _may_say(share: Share, said: Said) -> bool:
    return said(share) == share.words


def _share_words(loop: Loop, said: Said) -> str:
    return f"{said(share_found(loop.finding))}, {Audit.Chosen(loop.finding.chosen).label.lower()}"


def _without_action(found: Cycle, is_open: bool) -> Words:
    waiting = [loop.finding for loop in found.loops if not loop.actions]
    rows = [
        [_told(one, is_open), title_of(one.theme), counted((found.until - one.found_on).days, "day")] for one in waiting
    ]
    said = [] if rows else ["Each has one." if found.loops else "No finding was recorded."]
    head = ["Finding", "Theme", f"Waiting on {date_words(found.until)}"]  # the cycle's last day: a page counts to today
    table = table_of("Findings that no action answers", head, rows)
    return section("Findings without an action", said, table)


def _cannot_show(found: Cycle, is_open: bool) -> Words:
    words = ["Audits show what was written and what was read: not what is in no record."]
    for group in found.groups:
        good = group.found.grades.good if group.found.grades else None
        if good is not None and good.low is not None and good.high is not None and not (is_open and good.is_small):
            points = round(100 * (good.high - good.low))
            if points > LOOSE_POINTS:
                words.append(f"{_named(group)}: the interval is {points} points wide, so a small change is no change.")
        if group.chosen != Audit.Chosen.RANDOM:
            words.append(f"{_named(group)}: nothing follows from it for any other case.")
        elif group.n_not_drawn:
            words.append(f"{_named(group)}: that the cases were drawn at random is the word of who added them.")
    words.append("Answers of one audit hang together, so intervals of many questions are not so many proofs.")
    words.append("What was recorded after this day is in the next report: this one stays as it is.")
    return section("What this cannot show", [*words, *([HIDDEN_SAID] if is_open else [])])
