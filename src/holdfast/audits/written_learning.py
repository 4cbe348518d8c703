"""Findings, what came of them and lessons briefings, as their pages say them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from holdfast.audits.models import Briefing, Finding
from holdfast.audits.selectors.learning import Answering, AskedAgain, Loop, share_found
from holdfast.audits.themes import title_of
from holdfast.pages.tables import Cell, Column, Table, facts, link, table, tag
from holdfast.pages.words import date_words, days_words, lower_first
from holdfast.performance.selectors.shares import share_of
from holdfast.plan.selectors import page_of

CHOSEN_WORDS = {
    "random": "Drawn at random, so it speaks for the cases they were drawn from.",
    "risk": "Chosen because of a risk, so it speaks for these cases alone.",
    "theme": "Chosen for a theme, so it speaks for these cases alone.",
    "again": "Audited again, so it speaks for these cases alone.",
}


def finding_facts(finding: Finding) -> list[dict[str, str]]:
    by = finding.found_by.display_name if finding.found_by else "the system"
    before, after = finding.replaces, getattr(finding, "replaced_by", None)
    reported = f"{finding.reported_in}, {date_words(finding.reported_on)}" if finding.reported_on else "Nowhere yet"
    return facts(
        ("Theme", title_of(finding.theme)),
        ("Asked", finding.asked),
        ("Short of what is looked for", share_found(finding).words),
        ("Audits", f"{finding.question_set}, handed in {_days(finding)}"),
        ("Of a sample", str(finding.sample) if finding.sample else ""),
        ("How they were chosen", CHOSEN_WORDS[finding.chosen]),
        ("Recorded", f"{date_words(finding.found_on)}, by {by}"),
        ("Reported in", reported),
        ("Replaces", f"Finding {before.number}: {finding.replaces_why}" if before else ""),
        ("Replaced by", f"Finding {after.number}: {after.replaces_why}" if after else ""),
    )


def _days(finding: Finding) -> str:
    return days_words(finding.since, finding.until)


def actions_table(loop: Loop, on: date) -> Table:
    columns = [
        Column[Answering](
            "Action",
            lambda one: (
                {"text": one.action.title, "url": page_of(one.action), "hint": one.ref}
                if one.action
                else f"{one.ref}, which is not in the plan any more"
            ),
        ),
        Column("Owner", lambda one: one.action.owner.title if one.action else ""),
        Column("Where it stands", lambda one: one.action.state_words(on) if one.action else ""),
        Column("Verified by somebody else", lambda one: date_words(one.verified_on) if one.verified_on else "Not yet"),
    ]
    return table("What is done about it", columns, loop.actions)


def again_table(loop: Loop, *, sees_samples: bool) -> Table:
    """`sees_samples`: whether the account may open a sample, which holds references of cases."""

    def named(one: AskedAgain) -> Cell:
        words = f"Sample {one.sample.number}"
        return link(words, "audit_sample", one.sample.programme.code, one.sample.number) if sees_samples else words

    columns = [
        Column[AskedAgain]("Asked again by", named),
        Column("Drawn", lambda one: date_words(one.sample.drawn_on)),
        Column("Short of it now", lambda one: one.now.words),
        Column("What may be said", lambda one: one.words),
    ]
    return table("What was found when it was asked again", columns, loop.again)


def again_words(loop: Loop, on: date) -> str:
    """When the question is asked again, and that it is late; why it is not planned yet."""
    if loop.again_on is None:
        return "It is asked again a quarter after somebody else has verified an action for it. None is verified yet."
    if loop.again:
        return f"It was due to be asked again on {date_words(loop.again_on)}."
    late = " That is past, and no sample is drawn for it." if loop.is_late(on) else ""
    return f"It is due to be asked again on {date_words(loop.again_on)}.{late}"


def loop_tables(loops: Sequence[Loop], on: date) -> tuple[Table, Table]:
    """Findings without an action, and those that have one."""
    without, answered = ([loop for loop in loops if bool(loop.actions) == has] for has in (False, True))
    return loop_table("Findings without an action", without, on), loop_table("From finding to change", answered, on)


def loop_table(caption: str, loops: Sequence[Loop], on: date) -> Table:
    """Finding, action, re-audit, change: one line a finding."""
    columns = [
        Column[Loop]("Finding", lambda loop: finding_cell(loop.finding)),
        Column("Found in", lambda loop: share_found(loop.finding).words),
        Column("Actions", lambda loop: _actions_cell(loop, on)),
        Column("Asked again", lambda loop: _again_cell(loop, on)),
        Column("What may be said", lambda loop: loop.again[-1].words if loop.again else "Not asked again yet"),
    ]
    return table(caption, columns, loops)


def finding_cell(finding: Finding) -> dict[str, Any]:
    hint = f"{title_of(finding.theme)}. {finding.question_set}, {lower_first(str(finding.get_chosen_display()))}"
    return link(finding.words, "audit_finding", finding.programme.code, finding.number, hint=hint)


def _actions_cell(loop: Loop, on: date) -> Cell:
    if not loop.actions:
        return tag("No action", "red", hint=f"for {(on - loop.finding.found_on).days:,} days")
    n_verified = sum(one.verified_on is not None for one in loop.actions)
    return f"{', '.join(one.ref for one in loop.actions)}; {n_verified:,} of {len(loop.actions):,} verified"


def _again_cell(loop: Loop, on: date) -> Cell:
    if loop.again:
        return f"Sample {loop.again[-1].sample.number}, drawn {date_words(loop.again[-1].sample.drawn_on)}"
    if loop.again_on is None:
        return "Once an action is verified"
    return (
        tag("Late", "red", hint=f"due {date_words(loop.again_on)}") if loop.is_late(on) else date_words(loop.again_on)
    )


def briefings_table(found: Sequence[Briefing]) -> Table:
    columns = [
        Column[Briefing]("Briefing", lambda one: link(one.title, "briefing", one.programme.code, one.number)),
        Column("Made", lambda one: date_words(one.made_on)),
        Column("Findings", lambda one: f"{len(one.content['findings']):,}", numeric=True),
    ]
    return table("Lessons briefings, the newest first", columns, found)


def briefed(briefing: Briefing) -> list[dict[str, Any]]:
    """Each theme of a briefing with its findings, as they were kept: words, and what they rest on."""
    by_theme: dict[str, list[dict[str, str]]] = {}
    for one in briefing.content["findings"]:
        share = share_of(one["n_short"], one["n"]).words
        days = f"{date_words(date.fromisoformat(one['since']))} to {date_words(date.fromisoformat(one['until']))}"
        rests = f"{one['asked']} Short of it in {share}, {days}. {CHOSEN_WORDS[one['chosen']]}"
        done = f"Done about it: {', '.join(one['actions'])}." if one["actions"] else "Nothing was being done about it."
        by_theme.setdefault(one["theme"], []).append({"words": one["words"], "rests": rests, "done": done})
    return [{"title": title_of(theme), "findings": own} for theme, own in by_theme.items()]
