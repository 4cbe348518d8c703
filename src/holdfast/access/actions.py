"""Every kind of action that the trail may hold, each with the sentence that tells it. A room registers its own.

    register_actions({"release published": "{who} published {subject}."})      # in the room's apps.ready()

Not here: writing or reading a row (trail, selectors). Rule: what no room has registered is not written, so that the
trail reads as English and its filter is a list of known actions, not of whatever somebody typed.
"""

from collections.abc import Mapping
from typing import Final

SIGNING_IN: Final = {
    "refused": "{who} was refused {subject}, which takes permission to {permission}.",
    "refused by a rule": "{who} tried what nobody may do. {subject}.",
    "signed in": "{who} signed in.",
    "signed out": "{who} signed out.",
    "sign-in failed": "A sign-in as {subject} failed.",
    "sign-in locked": "Sign-in as {subject} was locked after too many wrong passwords.",
    "second step failed": "The second step of a sign-in as {subject} failed.",
    "second step added": "{who} added a second step to their sign-in.",
    "second step removed": "{who} removed the second step from their sign-in.",
    "second step kept": "A second step of {subject} was written or taken away.",
    "recovery codes made again": "{who} made new recovery codes.",
    "password changed": "{who} changed their password.",
    "password kept": "The password of {subject} was kept anew.",
    "password chosen by a link": "{who} chose a password by the link sent to them.",
    "link to choose a password sent": "{who} had a link to choose a password sent to {subject}.",
    "backup made": "{who} made a backup of {subject}.",
    "found as it was written": "{who} verified, and found everything as it was written.",
    "found not as it was written": "{who} verified, and found {subject}.",
    "records sealed as they stood": "{who} sealed every record as it stood: {subject}.",
    "records sealed again as they stood": "{who} sealed the records again as they stood: {subject}.",
}
"""This room's own."""

KEPT_BACK: Final = "{who} was refused {subject}, and told: “{why}”"
"""The sentence of "refused" where a rule kept something back, and not the want of a permission."""

SEEN: Final = "saw "
"""How the action of a look at records begins: it changes nothing."""

_sentences: dict[str, str] = dict(SIGNING_IN)


class UnlistedAction(Exception):
    """Something was to be written to the trail that no room has registered. The transaction was rolled back."""

    def __init__(self, action: str) -> None:
        super().__init__(
            f"No room has registered the action {action[:100]!r}: add it, with its sentence, to the room's trail.py."
        )


def register_actions(sentences: Mapping[str, str]) -> None:
    """The actions that a room writes, each with its sentence, in which {who} and {subject} stand for those."""
    _sentences.update(sentences)


def sentence_for(action: str) -> str:
    """The sentence that tells an action. Raises UnlistedAction for one that no room has registered."""
    try:
        return _sentences[action]
    except KeyError as unlisted:
        raise UnlistedAction(action) from unlisted


def listed_actions() -> tuple[str, ...]:
    """Every action that may be in the trail, in the order of the alphabet."""
    return tuple(sorted(_sentences))
