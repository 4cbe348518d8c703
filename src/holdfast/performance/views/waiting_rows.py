"""What the page of what was sent shows: what waits, and what it would and would not move.

Not here: what of it is to be matched (matching_rows.py), or rows of returns that are kept (rows.py).
Rule: every cell arrives formatted; no value of a child is here.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from holdfast import analytics
from holdfast.pages.tables import Column, table
from holdfast.pages.words import listed, upper_first
from holdfast.performance.extracts import titles
from holdfast.performance.models import Return
from holdfast.performance.selectors.uploads import titles_of
from holdfast.performance.views.matching_rows import to_match_words
from holdfast.performance.views.rows import day, in_plain_words

if TYPE_CHECKING:
    from holdfast.performance.selectors.uploads import WaitingSubmission


def waiting_rows(waiting: "Sequence[WaitingSubmission]", council: Any) -> dict[str, Any]:
    """What waits for a yes, each with what it says that it is."""
    known = [each for each in waiting if each.submission.may_be_submitted]
    n_returns = sum(each.is_return for each in waiting)
    says = [
        "It becomes one return." if n_returns == 1 else f"They become {n_returns} returns." if n_returns else "",
        "No return is made of what others published." if n_returns < len(known) else "",
    ]
    shown = [
        {
            "name": each.submission.name,
            "facts": _waiting_facts(each, council),
            "problem": each.submission.problem,
            "is_known": bool(each.submission.kind),
            "number": each.number,
            "may_match": each.submission.is_to_match,
            "has_columns": each.submission.has_columns,
            "to_match": to_match_words(each.submission.n_lists_left, each.submission.n_headings_left),
            "effect": effect_rows(each.effect) if each.effect else None,
        }
        for each in waiting
    ]
    yet = " yet" if any(each.submission.is_to_match for each in waiting) else ""
    return {
        "submissions": shown,
        "may_be_submitted": bool(known),
        "none": f"Nothing here can be submitted{yet}.",
        "says": " ".join(filter(None, says)),
    }


def _waiting_facts(each: "WaitingSubmission", council: Any) -> list[dict[str, Any]]:
    sent, before = each.submission, each.sent_before
    facts = [
        {"key": "What it is", "value": sent.words or "Not known"},
        {"key": "Describes", "value": "" if sent.is_published else _day_words(each)},
        {"key": "Authority", "value": "" if sent.is_published else _authority_words(sent.authority, council)},
        {"key": "Parts", "value": "\n".join(sent.parts)},
        {"key": "Left out", "value": "\n".join(sent.left_out)},
        {"key": "Files", "value": "\n".join(file.name for file in sent.files) if len(sent.files) > 1 else ""},
        {"key": "Size", "value": f"{sent.n_bytes:,} bytes"},
        {"key": "Not understood", "value": "\n".join(sent.unknown)},
        {"key": "Sent before", "value": _before_words(before) if before else "No"},
    ]
    known = facts if sent.kind else facts[-3:]
    return [fact for fact in known if fact["value"]]


def _day_words(each: "WaitingSubmission") -> str:
    if each.asks_for_day:
        return "It does not say. You are asked below."
    return day(each.as_at) if each.submission.as_at else f"{day(each.as_at)}, as was said: the file itself does not say"


def _authority_words(authority: str, council: Any) -> str:
    ours = f"This programme is {council.name}’s ({council.code})"
    if not authority:
        return f"It does not say. {ours}: you are asked below"
    return authority if authority == council.code else f"{authority}. {ours}: you are asked below"


def _before_words(before: Return) -> str:
    became = {"read": "so nothing would be added", "queued": "which waits to be read"}
    return (
        f"Yes, as return {before.number} on {day(before.submitted_at)}, "
        f"{became.get(before.state, 'which was refused: submitting it tries again')}"
    )


def confirmations(waiting: "Sequence[WaitingSubmission]", council: Any) -> dict[str, dict[int, str]]:
    """What somebody has to confirm of each submission before it is read, by its place."""
    whose = {each.number: _whose(each.submission, council) for each in waiting if each.asks_for_authority}
    left_out = {
        each.number: f"Read {each.submission.name} without what is left out"
        for each in waiting
        if each.asks_to_leave_out
    }
    return {"whose": whose, "left_out": left_out}


def _whose(submission: Any, council: Any) -> str:
    ours = f"{council.name} ({council.code})"
    if not submission.authority:
        return f"{submission.name} does not say whose it is. It is about the children of {ours}"
    return f"{submission.name} says that it is for authority {submission.authority}. Submit it for {ours} all the same"


def effect_rows(effect: "analytics.Effect") -> dict[str, Any]:
    """What a return can move and what it cannot: a sentence, the days of each table, and the indicators."""
    named = titles()

    def others(one: Any) -> str:
        said = [f"{named.get(kind, kind)}: {analytics.spans_words(spans)}" for kind, spans in one.others.items()]
        return "\n".join(said) or "no other return"

    columns = [
        Column[Any]("Table", lambda one: upper_first(in_plain_words(one.table))),
        Column(
            "This return answers for",
            lambda one: analytics.spans_words(one.answers) if one.answers else "no day",
        ),
        Column("Another answers first, and this one only fills up what it leaves empty", others),
    ]
    says = titles_of(effect)
    can, cannot = ([f"{name} {says[name]}" for name in names] for names in (effect.can_move, effect.cannot_move))
    return {
        "words": _effect_words(effect, named),
        "table": table("Which days it answers for", columns, effect.tables),
        "can": can,
        "cannot": cannot,
    }


def _effect_words(effect: "analytics.Effect", named: Mapping[str, str]) -> str:
    kinds = [named.get(kind, kind) for kind in effect.stand_before]
    before = f"{listed(kinds)} {'stands' if len(kinds) == 1 else 'stand'} before it" if kinds else ""
    if not effect.can_move:
        why = before or "it answers for no day that one asks of"
        return f"It moves no indicator by itself: {why}, and it only fills up what is left empty."
    n = len(effect.can_move)
    can = f"It can move {n} {'indicator' if n == 1 else 'indicators'}, on the days that it answers for."
    return (
        f"{can} {upper_first(before)} on other days, of which it only fills up what is left empty." if before else can
    )
