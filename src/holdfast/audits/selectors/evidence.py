"""What of audits may be linked as evidence: samples that were drawn, and audits by several agencies once judged."""

from django.urls import reverse

from holdfast.access.doors import Actor, may
from holdfast.access.permissions import Permission
from holdfast.audits.models import JointAudit, Sample
from holdfast.pages.words import date_words

_PAGES = {"sample": "audit_sample", "joint-audit": "joint_audit"}


def records(user: Actor, code: str) -> list[tuple[str, str]]:
    """As evidence may name them, "sample/1" or "joint-audit/2", and their words. For who sees every audit; else []."""
    if not may(user, Permission.SEE_EVERY_AUDIT, code):
        return []
    samples = Sample.objects.filter(programme__code=code).order_by("-number")
    judged = JointAudit.objects.filter(programme__code=code, judgement__isnull=False).order_by("-number")
    return [
        *(
            (f"sample/{number}", f"Sample {number}, drawn on {date_words(drawn_on)}")
            for number, drawn_on in samples.values_list("number", "drawn_on")
        ),
        *(
            (f"joint-audit/{number}", f"Audit {number} by several agencies: {title}")
            for number, title in judged.values_list("number", "title")
        ),
    ]


def record_address(code: str, key: str) -> str:
    kind, _, number = key.partition("/")
    return reverse(_PAGES[kind], args=[code, number])
