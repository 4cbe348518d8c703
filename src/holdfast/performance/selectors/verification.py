"""Is every file of the returns and the store as it was written, and is every release what was published?"""

from collections.abc import Set

from holdfast.access.doors import Actor, check
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.jobs import kept
from holdfast.performance.keeping import ORIGINALS, PUBLISHED, originals_of, store
from holdfast.performance.models import PublishedFile, Release, Return, Validation


def verify_store(user: Actor) -> list[str]:
    """A sentence for each file that is missing or changed, and each release that is not as it was. [] when sound."""
    check(user, Permission.SEE_TRAIL)
    loads = {load.id for load in store().loads()}
    return [*store().verify(), *_returns(loads), *_published(), *_releases(loads), *_validations()]


def _returns(loads: Set[str]) -> list[str]:
    """Originals that are missing or changed, and loads a return says it became that the store does not hold."""
    problems = []
    for returned in Return.objects.select_related("programme").order_by("programme", "number"):
        where = f"of return {returned.number} of {returned.programme.code}"
        for name, sha256 in originals_of(returned):
            problem = kept.problem_with(ORIGINALS, sha256, "sent")
            if problem:
                problems.append(f"The file {where} ({name}) {problem}.")
        if returned.load_id and returned.load_id not in loads:
            problems.append(f"The load {where} ({returned.load_id[:8]}) is missing from the store.")
    return problems


def _published() -> list[str]:
    """Files of published figures that are missing or changed."""
    return [
        f"The file of published figures {file.name} of {file.programme.code} {problem}."
        for file in PublishedFile.objects.select_related("programme").order_by("pk")
        if (problem := kept.problem_with(PUBLISHED, file.sha256, "submitted"))
    ]


def _releases(loads: Set[str]) -> list[str]:
    """Releases whose calculation or an extract is missing, or that are not what the trail says was published."""
    problems = []
    of_returns = set(Return.objects.values_list("load_id", flat=True))
    published = {
        (row.programme, row.detail.get("release")): row.detail.get("calculation")
        for row in TrailRow.objects.filter(action="release published")
    }
    for release in Release.objects.select_related("programme").order_by("programme", "number"):
        code = release.programme.code
        if not _is_held(release.calculation_id):
            problems.append(f"The calculation of {release.reference} of {code} is missing from the store.")
        if not _is_held(release.snapshot_id, "snapshots"):
            problems.append(f"The snapshot of {release.reference} of {code} is missing from the store.")
        if release.answers_id and not _is_held(release.answers_id, "answers"):
            problems.append(f"The answers of {release.reference} of {code} are missing from the store.")
        for load in sorted(_made_from(release) - of_returns - loads):
            problems.append(f"An extract of {release.reference} of {code} ({load[:8]}) is missing from the store.")
        if release.is_published and published.get((code, release.number)) != release.calculation_id:
            problems.append(
                f"{release.reference.capitalize()} of {code} is not the release that the trail says was published."
            )
    return problems


def _validations() -> list[str]:
    """Returns whose faults, found by the Department's rules, are missing."""
    return [
        f"What the rules found in return {held.returned.number} of {held.returned.programme.code} is missing from the "
        "store."
        for held in Validation.objects.exclude(folder_id="").select_related("returned__programme").order_by("pk")
        if not _is_held(held.folder_id, "validations")
    ]


def _made_from(release: Release) -> set[str]:
    """The loads of a release's snapshot; no load where it is missing, which is said apart."""
    try:
        return set(store().facts("snapshots", release.snapshot_id)["loads"])
    except LookupError:
        return set()


def _is_held(name: str, kind: str = "releases") -> bool:
    try:
        store().folder(kind, name)
    except LookupError:
        return False
    return True
