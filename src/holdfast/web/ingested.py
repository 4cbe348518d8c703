"""What `holdfast ingest` prints: each file, what its faults mean, and what became of the figures.

Not here: reading (the performance room). Rule: the words of a fault name no value and no child.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from holdfast.access.doors import Actor
from holdfast.performance.selectors import releases, returns
from holdfast.performance.services.intake import Ingested

ACCEPT = "To accept it here, send the file again with --accept-loss."
CONFIRM = "To confirm it here, send the file again with --confirm-authority."


def lines(user: Actor, code: str, results: Iterable[Ingested]) -> Iterator[str]:
    """Some lines a file, then one of the release."""
    has_read = False
    for result in results:
        words = result.in_words()
        returned = result.returned
        advice = CONFIRM if returned.can_be_confirmed else ACCEPT if returned.can_be_accepted else ""
        yield f"{words} {advice}".rstrip()
        if result.was_refused:
            continue
        has_read = True
        for rule in returns.faults(user, code, result.returned.number).rules:
            yield f"    {rule.rule}: {rule.words}"
    if has_read:
        yield release_words(user, code)


def release_words(user: Actor, code: str) -> str:
    """The latest release of the programme, and what to do with a draft."""
    latest = releases.releases(user, code).first()
    if latest is None:
        return "No release has been calculated yet."
    if latest.is_published:
        return f"{latest.reference.capitalize()} stands: these files change no figure."
    loses = f"{latest.loses} Publishing it asks for --accept-loss. " if latest.loses else ""
    return (
        f"Draft {latest.reference}: {latest.n_figures:,} figures, as at {latest.as_at}. {loses}"
        "Publish it with “holdfast publish”."
    )


def release_data(user: Actor, code: str) -> dict[str, Any] | None:
    """For --json: the latest release of the programme, which these files are part of. None: none was calculated."""
    latest = releases.releases(user, code).first()
    if latest is None:
        return None
    return {
        "number": latest.number,
        "state": latest.state,
        "as_at": latest.as_at.isoformat(),
        "figures": latest.n_figures,
        "loses": latest.loses,
    }
