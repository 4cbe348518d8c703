"""Every write of the notice room: loading a notice, attaching its own text, and what people say of a requirement.

Each checks the permission, refuses in plain words, and writes its one trail row.
"""

from holdfast.notice.library_files import UnreadableLibraryFile
from holdfast.notice.services.judging import (
    AlreadyDecided,
    NeedsAPerson,
    NeedsAReason,
    NeedsEvidence,
    NotConditional,
    NotEvidence,
    NotOpened,
    SamePerson,
    Superseded,
    WithdrawnAlready,
    accept,
    judge,
    link_evidence,
    open_evidence,
    record_trigger,
    withdraw_evidence,
    withdraw_judgement,
)
from holdfast.notice.services.loading import AnotherNotice, StillInUse, load_notice, load_recommendations
from holdfast.notice.services.texts import LARGEST_BYTES, UnusableText, attach_text

__all__ = [
    "LARGEST_BYTES",
    "AlreadyDecided",
    "AnotherNotice",
    "NeedsAPerson",
    "NeedsAReason",
    "NeedsEvidence",
    "NotConditional",
    "NotEvidence",
    "NotOpened",
    "SamePerson",
    "StillInUse",
    "Superseded",
    "UnreadableLibraryFile",
    "UnusableText",
    "WithdrawnAlready",
    "accept",
    "attach_text",
    "judge",
    "link_evidence",
    "load_notice",
    "load_recommendations",
    "open_evidence",
    "record_trigger",
    "withdraw_evidence",
    "withdraw_judgement",
]
