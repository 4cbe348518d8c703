"""A person's calendar address, made and withdrawn; and the mail that tells each person what is due for them.

Mail goes over whatever SMTP server the settings name. Rules: nothing of a child, no reserved item and no reason is in
it; who was told once for a day is not told twice; a server that does not answer is said in words and tried again.
"""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, outside_transaction, record, service
from holdfast.governance.due import Due, due_for, mail_words, people_to_tell
from holdfast.governance.models import CalendarAddress, Digest
from holdfast.governance.models.reminding import digest_of_secret
from holdfast.organisation.models import Programme

NOT_TAKEN = "The mail server did not take it"
BEING_SENT = "It was being sent when the sending stopped, so it may have gone: it is not sent again."


class NotYours(NotDone):
    """There is no address of one's own to withdraw, or nobody is signed in to have one."""


class NoMail(NotDone):
    """The service sends no mail here."""

    def __init__(self) -> None:
        super().__init__("No mail can be sent: HOLDFAST_MAIL is not set. Set it to smtp://... and start again.")


@service
def make_calendar_address(*, by: Actor, at: datetime, programme: Programme) -> str:
    """A new secret address for one's own calendar; the one before stops working. It is shown this once.

    Raises Refused, or NotYours for the system.
    """
    check(by, Permission.SEE_PROGRAMME, programme.code)
    if not getattr(by, "pk", None):
        raise NotYours("Sign in to have a calendar of your own.")
    secret = secrets.token_urlsafe(32)
    account = Account.objects.get(pk=by.pk)
    _withdraw(account, programme, at)
    made = CalendarAddress(account=account, programme=programme, secret_sha256=digest_of_secret(secret), made_at=at)
    made.save()
    record("calendar address made", programme=programme.code, subject=account.username)
    return secret


@service
def withdraw_calendar_address(*, by: Actor, at: datetime, programme: Programme) -> None:
    """One's own address stops working at once. Raises Refused or NotYours."""
    check(by, Permission.SEE_PROGRAMME, programme.code)
    if not _withdraw(by, programme, at):
        raise NotYours("You have no calendar address here, or you withdrew it already.")
    record("calendar address withdrawn", programme=programme.code, subject=by.username)


def _withdraw(account: Actor, programme: Programme, at: datetime) -> int:
    working = CalendarAddress.objects.filter(account_id=account.pk, programme=programme, withdrawn_at__isnull=True)
    for address in working:
        address.withdrawn_at = at
        address.save(update_fields=["withdrawn_at"])
    return len(working)


@outside_transaction("an SMTP server may take long to answer; each mail is claimed before and noted after")
def send_digests(*, by: Actor, at: datetime, programme: Programme) -> list[str]:
    """Tell everybody with an address of their own what is due for them, once a day; in words, what came of each.

    Raises Refused, or NoMail where the service sends none. A mail that did not go is tried again the next time.
    """
    check(by, Permission.MANAGE_MEETINGS, programme.code)
    if not settings.HOLDFAST_SENDS_MAIL:
        raise NoMail
    on, said = clock.day_of(at), []
    for account in people_to_tell(programme.code):
        due = due_for(account, programme.code, on)
        if due:
            said.append(_tell(by, at, programme, account, due, on))
    return said


def _tell(by: Actor, at: datetime, programme: Programme, account: Account, due: list[Due], on: date) -> str:
    claimed = claim_digest(by=by, at=at, programme=programme, account=account, on=on)
    if claimed is None:
        return f"{account.username}: told already today."
    subject, words = mail_words(programme, due, on)
    host = settings.HOLDFAST_ADDRESS.partition("://")[2].partition(":")[0]
    headers = {"Message-ID": f"<due-{claimed.pk}-{on.isoformat()}@{host}>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, words, None, [account.email], headers=headers).send()
    except OSError as dead:  # what a mail server answers is one too
        problem = f"{NOT_TAKEN} ({type(dead).__name__}). It is tried again the next time."
        note_digest(by=by, at=at, digest=claimed, problem=problem)
        return f"{account.username}: {problem}"
    note_digest(by=by, at=at, digest=claimed, problem="")
    return f"{account.username}: told what is due ({len(due)})."


@service
def claim_digest(*, by: Actor, at: datetime, programme: Programme, account: Account, on: date) -> Digest | None:
    """Take the telling of one person for one day. None when they were told, or somebody else is at it."""
    check(by, Permission.MANAGE_MEETINGS, programme.code)
    digest, _ = Digest.objects.select_for_update().get_or_create(account=account, programme=programme, on=on)
    is_free = digest.sent_at is None and digest.problem != BEING_SENT
    if is_free:
        digest.n_tries, digest.problem = digest.n_tries + 1, BEING_SENT
        digest.save()
    record("telling what is due", programme=programme.code, subject=account.username, detail={"is_free": is_free})
    return digest if is_free else None


@service
def note_digest(*, by: Actor, at: datetime, digest: Digest, problem: str) -> Digest:
    """What came of a mail that was claimed: it went (problem "") or it did not, and why."""
    check(by, Permission.MANAGE_MEETINGS, digest.programme.code)
    digest.problem, digest.sent_at = problem, None if problem else at
    digest.save(update_fields=["problem", "sent_at"])
    what = "not told what is due" if problem else "told what is due"
    record(what, programme=digest.programme.code, subject=digest.account.username, detail={"on": digest.on})
    return digest
