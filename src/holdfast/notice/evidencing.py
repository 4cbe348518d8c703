"""What may be linked as evidence: a kind of record of this product. Each room registers what of its own may be.

    register_evidence(EvidenceSource("record", "The plan", choices, where))      in the room's apps.ready()

Also the one reading of an address elsewhere. Not here: files (jobs.attachments) and the links themselves (models.py).
Rule: what nobody registered, and is neither a file nor an http(s) address, is not evidence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from holdfast.access.doors import Actor

LONGEST_ADDRESS: Final = 500
_is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class EvidenceSource:
    """One kind of thing here that may be evidence.

    `kind` is an EvidenceLink.Kind; `words` heads its group in a list. `choices(user, code)` gives key and words of each
    that the account may see; `where(code, key)` the address here of one of them.
    """

    kind: str
    words: str
    choices: Callable[[Actor, str], Sequence[tuple[str, str]]]
    where: Callable[[str, str], str]


_sources: dict[str, EvidenceSource] = {}


def register_evidence(source: EvidenceSource) -> None:
    """Add a kind of evidence. The last registered under a kind's words counts."""
    _sources[source.words] = source


def evidence_choices(user: Actor, code: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything here that may be linked, in groups: values are "kind:key". Empty groups are left out."""
    groups = [
        (source.words, [(f"{source.kind}:{key}", words) for key, words in source.choices(user, code)])
        for source in _sources.values()
    ]
    return [(words, choices) for words, choices in groups if choices]


def where_is(user: Actor, code: str, chosen: str) -> tuple[str, str, str] | None:
    """Kind, key and address of what was chosen ("kind:key"); None when there is no such thing for this account."""
    kind, _, key = chosen.partition(":")
    for source in _sources.values():
        if source.kind == kind and key in dict(source.choices(user, code)):
            return kind, key, source.where(code, key)
    return None


def is_address(words: str) -> bool:
    """An http or https address that names a host and carries no name or password."""
    try:
        _is_address(words)
    except ValidationError:
        return False
    return len(words) <= LONGEST_ADDRESS and "@" not in words.split("/", 3)[2]
