"""Taking evidence from whoever gives it: something here, a file, or an address elsewhere; and nothing else.

Used by every room that keeps evidence. Rule: exactly one of the three is given, and it can be opened.
"""

from holdfast.access.doors import Actor
from holdfast.access.writes import NotDone
from holdfast.jobs import attachments, kept
from holdfast.notice.evidencing import is_address, where_is
from holdfast.notice.models import SHELF, Evidence


class NotEvidence(NotDone):
    """What was given cannot be evidence. The message says what can."""

    def __init__(self, problem: str = "") -> None:
        super().__init__(
            problem
            or "Evidence is one of these: something here, chosen from the list; a file; or an address that starts "
            "with http:// or https://. Give exactly one."
        )


def take(
    by: Actor, code: str, evidence: Evidence, *, chosen: str, address: str, file: tuple[str, bytes] | None
) -> None:
    """Say in `evidence`, unsaved, what it is: `chosen` is "kind:key" (evidencing), `file` a name and bytes.

    Raises NotEvidence when it is not exactly one of the three, or not something that `by` can open.
    """
    if sum(1 for given in (chosen, address.strip(), file) if given) != 1:
        raise NotEvidence
    if chosen:
        known = where_is(by, code, chosen)
        if known is None:
            raise NotEvidence("That is not something here that you can see. Choose it from the list.")
        evidence.kind, evidence.key, evidence.where = known
    elif file:
        _take_file(evidence, *file)
    else:
        if not is_address(address.strip()):
            raise NotEvidence("Enter an address that starts with http:// or https://, as a browser shows it.")
        evidence.kind, evidence.where = Evidence.Kind.ADDRESS, address.strip()


def _take_file(evidence: Evidence, name: str, content: bytes) -> None:
    if not content:
        raise NotEvidence("The file is empty. Choose the file that holds the evidence.")
    if len(content) > attachments.LARGEST_BYTES:
        raise NotEvidence("The file is larger than 10 MB. Choose a smaller one, or link where it is kept.")
    evidence.kind, evidence.where, evidence.n_bytes = Evidence.Kind.FILE, kept.plain_name(name), len(content)
    evidence.sha256 = attachments.keep(SHELF, content)
