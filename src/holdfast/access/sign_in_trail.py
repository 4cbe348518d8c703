"""What happens to an account reaches the trail: signing in, failing to, signing out, passwords, authenticator apps.

A failed sign-in names the account only when there is one with that user name: people type passwords into the wrong
box. The session is stamped here with the time it began, for session_limits.
"""

from typing import Any

from allauth.account.signals import password_changed, password_set
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from axes.signals import user_locked_out
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.formats import date_format
from django.utils.timezone import localtime

from holdfast.access import clock, sealing, session_limits
from holdfast.access.models import Account, TrailRow
from holdfast.access.trail import record_event
from holdfast.access.visits import note_visit

UNKNOWN = "an unknown user name"
TOLD = {
    "link to choose a password sent": "On {when} {who} had a link to choose a new password sent to you.",
    "second step removed for them": "On {when} {who} removed your second step, after another asked.",
    "second step removed for them: asked for": "On {when} {who} asked for your second step to be removed.",
}


def _known(username: str) -> str:
    return username if username and Account.objects.filter(username=username).exists() else UNKNOWN


@receiver(user_logged_in)
def signed_in(sender: Any, request: Any, user: Account, **kwargs: Any) -> None:
    session_limits.begin(request)
    _tell(request, user)
    record_event(user, what="signed in", subject=user.username)
    note_visit(user, clock.now())


def _tell(request: Any, user: Account) -> None:
    """Tell them, on their next sign-in, what somebody else did to how they sign in."""
    rows = TrailRow.objects.filter(subject=user.username).order_by("-number")
    last = rows.filter(action="signed in", by=user.username).values_list("number", flat=True).first() or 0
    for row in rows.filter(action__in=TOLD, number__gt=last).exclude(by=user.username):
        when = date_format(localtime(row.at), "j F Y")
        words = f"{TOLD[row.action].format(when=when, who=row.by)} If you did not ask for it, tell your administrator."
        messages.warning(request, words, fail_silently=True)


@receiver(user_login_failed)
def sign_in_failed(sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    if getattr(request, "axes_locked_out", False):
        return  # axes hears of it first, and locked_out below has trailed it
    record_event(None, what="sign-in failed", subject=_known(str(credentials.get("username", ""))))


@receiver(user_locked_out)
def locked_out(sender: Any, request: Any, username: str, **kwargs: Any) -> None:
    record_event(None, what="sign-in locked", subject=_known(username or ""))


@receiver(user_logged_out)
def signed_out(sender: Any, request: Any, user: Account | None, **kwargs: Any) -> None:
    if user is not None:
        reason = getattr(request, "signed_out_because", "they asked to")
        record_event(user, what="signed out", subject=user.username, detail={"because": reason})


@receiver([password_changed, password_set])
def password_is_new(sender: Any, user: Account, **kwargs: Any) -> None:
    record_event(user, what="password changed", subject=user.username)


@receiver(authenticator_added)
def authenticator_is_new(sender: Any, user: Account, authenticator: Any, **kwargs: Any) -> None:
    record_event(user, what="second step added", subject=user.username, detail={"kind": authenticator.type})


@receiver(authenticator_removed)
def authenticator_is_gone(sender: Any, user: Account, authenticator: Any, **kwargs: Any) -> None:
    record_event(user, what="second step removed", subject=user.username, detail={"kind": authenticator.type})


@receiver(authenticator_reset)
def recovery_codes_are_new(sender: Any, user: Account, **kwargs: Any) -> None:
    record_event(user, what="recovery codes made again", subject=user.username)


@receiver(authentication_failed)
def second_step_failed(sender: Any, user: Account, **kwargs: Any) -> None:
    record_event(None, what="second step failed", subject=user.username)


# What the sign-in pages write themselves, outside any service: a new password, or the same one hashed anew as methods
# improve; a second step added, used or removed. Sealed as it is written, when it was as sealed until then.


@receiver(pre_save, sender=Account)
def account_will_be_kept(sender: Any, instance: Account, update_fields: Any = None, **kwargs: Any) -> None:
    if _is_elsewhere(instance) and (update_fields is None or "password" in update_fields):
        instance.kept_before = _without_password(instance) if sealing.is_as_sealed(Account, instance.pk) else ""


@receiver(post_save, sender=Account)
def password_is_kept(sender: Any, instance: Account, **kwargs: Any) -> None:
    before = instance.__dict__.pop("kept_before", "")
    if before and before == _without_password(instance) and not sealing.is_as_sealed(Account, instance.pk):
        record_event(instance, what="password kept", subject=instance.username, wrote=instance)


def _is_elsewhere(instance: Any) -> bool:
    return not sealing.is_in_a_service() and not instance._state.adding


def _without_password(account: Account) -> str:
    return dict(sealing.digests(Account, [account.pk], without=("password",))).get(account.pk, "")


def second_step_will_be_kept(sender: Any, instance: Any, **kwargs: Any) -> None:
    if _is_elsewhere(instance):
        instance.was_as_sealed = sealing.is_as_sealed(sender, instance.pk)


def second_step_is_kept(sender: Any, instance: Any, created: bool = False, **kwargs: Any) -> None:
    was_as_sealed = created or instance.__dict__.pop("was_as_sealed", False)
    if not sealing.is_in_a_service() and was_as_sealed and not sealing.is_as_sealed(sender, instance.pk):
        record_event(instance.user, what="second step kept", subject=instance.user.username, wrote=instance)


def connect() -> None:
    """Listen to second steps too; their model can only be named when every model has been loaded."""
    from allauth.mfa.models import Authenticator

    pre_save.connect(second_step_will_be_kept, sender=Authenticator)
    pre_delete.connect(second_step_will_be_kept, sender=Authenticator)
    post_save.connect(second_step_is_kept, sender=Authenticator)
    post_delete.connect(second_step_is_kept, sender=Authenticator)
