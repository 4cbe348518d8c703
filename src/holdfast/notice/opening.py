"""Where a piece of evidence leads: a page here, an address elsewhere, or the file itself, as an attachment."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from holdfast.jobs import attachments, kept
from holdfast.jobs.attachments import download
from holdfast.notice.models import SHELF, Evidence


def lead_to(evidence: Evidence) -> HttpResponseBase:
    """Go to the evidence, or send the file. Raises Http404, in words, for a file that is not what was given."""
    if evidence.kind != Evidence.Kind.FILE:
        return redirect(evidence.where)
    try:
        content = attachments.read(SHELF, evidence.where, evidence.sha256)
    except kept.NotAsKept as gone:
        raise Http404(str(gone)) from gone
    return download(content, evidence.where)
