"""Reads of releases: the list, one, the latest published, the draft to publish, and what moved.

A draft is for those who may see returns; everybody else sees published releases only.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.figures import policy_for
from holdfast.performance.selectors.unanswerable import NoRelease, NothingToPublish


def releases(user: Actor, code: str) -> QuerySet[Release]:
    """Every release, drafts included, the latest first."""
    check(user, Permission.SEE_RETURNS, code)
    return Release.objects.filter(programme__code=code).select_related("programme", "published_by", "compared_with")


def latest_release(user: Actor, code: str, on: date | None = None) -> Release | None:
    """The last published release, which every figure comes from unless another is asked for. None before the first.

    `on`: as a paper for that day reads it: the newest that was published by its end, or the last where none was.
    """
    check(user, Permission.SEE_INDICATORS, code)
    found = Release.objects.filter(programme__code=code, state=Release.State.PUBLISHED)
    published = found.select_related("programme", "published_by")
    last = published.first()
    if on is None or last is None or last.was_published_by(on):
        return last
    return next((release for release in published if release.was_published_by(on)), last)


def chosen_release(user: Actor, code: str, number: int | None = None, on: date | None = None) -> Release:
    """The release asked for, or the last published (`on`: as of a day). A draft only for those who may see returns.

    Raises NoRelease.
    """
    if number is None:
        latest = latest_release(user, code, on)
        if latest is None:
            raise NoRelease
        return latest
    check(user, Permission.SEE_INDICATORS, code)
    found = Release.objects.filter(programme__code=code, number=number).select_related("programme").first()
    if found is None:
        raise NoRelease(number)
    if not found.is_published:
        check(user, Permission.SEE_RETURNS, code)
    return found


def release_to_publish(user: Actor, code: str, number: int | None = None) -> Release:
    """The draft asked for, or the latest draft. Raises NothingToPublish."""
    check(user, Permission.PUBLISH_RELEASE, code)
    drafts = Release.objects.filter(programme__code=code, state=Release.State.DRAFT).select_related("programme")
    found = (drafts.filter(number=number) if number is not None else drafts).first()
    if found is None:
        raise NothingToPublish(number)
    return found


def moves(user: Actor, code: str, release: Release) -> Sequence["analytics.Move"]:
    """Every figure that moved since the release this one was compared with, and why. () when there was none.

    Before and after are unsuppressed, so it is only for those who may see small counts: () for the others, who see
    how many moved (Release.moves_summary).
    """
    check(user, Permission.SEE_INDICATORS, code)
    if release.compared_with is None or policy_for(user, code) != "inside":
        return ()
    return moves_between(Path(settings.HOLDFAST_DATA), release.compared_with.calculation_id, release.calculation_id)


@lru_cache(maxsize=16)
def moves_between(data: Path, older: str, newer: str) -> tuple["analytics.Move", ...]:
    """Kept between pages: both calculations are immutable, so what moved between them is too."""
    return tuple(analytics.kept_moves(store(), older, newer))
