"""Loading a notice from its file of data, and the inspection's recommendations. Loading the same file twice is safe.

A changed file changes our words in place; people's judgements and evidence stay. Rule: a requirement that somebody has
judged, or linked evidence to, is never dropped because a newer file lacks it.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import record, service
from holdfast.notice.library_files import LIBRARY, UnreadableLibraryFile, found_in, read
from holdfast.notice.models import Notice, Recommendation, Requirement
from holdfast.notice.services.texts import split_again
from holdfast.organisation.models import Programme

SCHEMA = LIBRARY / "notice.schema.json"


class AnotherNotice(Exception):
    """The programme is under a different notice already."""

    def __init__(self, loaded: str, offered: str) -> None:
        super().__init__(
            f"This programme is already under the notice “{loaded}”, and the file holds “{offered}”. "
            "Add another programme for another notice."
        )


class StillInUse(Exception):
    """A newer file lacks requirements that hold judgements or evidence."""

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__(
            f"The file no longer has {', '.join(refs)}, which people have judged or linked evidence to. "
            "Put them back in the file and load it again. Nothing was changed."
        )


@service
def load_notice(*, by: Actor, at: datetime, programme: Programme, file: Path) -> Notice:
    """The programme's notice, loaded from a file of data (a path, or the name of one that ships).

    Idempotent. Raises Refused, UnreadableLibraryFile, AnotherNotice or StillInUse; then nothing is changed.
    """
    check(by, Permission.ATTACH_NOTICE, programme.code)
    found = read(found_in(file), SCHEMA)
    _hold_together(found.name, found.content)
    facts = found.content["notice"]
    held = Notice.objects.filter(programme=programme).first()
    if held is not None and held.code != facts["code"]:
        raise AnotherNotice(held.code, facts["code"])
    is_same = held is not None and held.file_sha256 == found.sha256
    if held is not None and is_same:
        notice = held
    else:
        notice = _put(programme, found.content, found.sha256, at)
    record(
        "notice loaded again, unchanged" if is_same else "notice loaded",
        programme=programme.code,
        subject=notice.title,
        detail={"file": found.name, "sha256": found.sha256, "requirements": len(found.content["requirements"])},
    )
    return notice


def _hold_together(name: str, content: dict[str, Any]) -> None:
    """What a schema cannot say: each reference once, and each place in a section that the file has."""
    sections = [section["id"] for section in content["sections"]]
    refs = [one["ref"] for one in content["requirements"]]
    for kind, ids in (("sections", sections), ("requirements", refs)):
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice is not None:
            raise UnreadableLibraryFile(name, f"{kind}[{twice}]", f"“{twice}” is given twice.")
    for one in content["requirements"]:
        for place in one["place"]:
            if place["section"] not in sections:
                path = f"requirements[{one['ref']}].place"
                raise UnreadableLibraryFile(name, path, f"There is no section “{place['section']}”.")


def _put(programme: Programme, content: dict[str, Any], sha256: str, at: datetime) -> Notice:
    facts = content["notice"]
    notice, _ = Notice.objects.update_or_create(
        programme=programme,
        defaults={
            "code": facts["code"],
            "title": facts["title"],
            "kind": facts["kind"],
            "issued_on": facts["issued_on"],
            "issued_by": facts["issued_by"],
            "guidance": facts.get("guidance", ""),
            "is_invented": facts.get("invented", False),
            "frame": content["frame"],
            "sections": content["sections"],
            "file_sha256": sha256,
            "loaded_at": at,
        },
    )
    _drop_missing(notice, [one["ref"] for one in content["requirements"]])
    for order, one in enumerate(content["requirements"], start=1):
        Requirement.objects.update_or_create(notice=notice, ref=one["ref"], defaults=_fields(one, order))
    notice.refresh_from_db()
    split_again(notice)
    return notice


def _drop_missing(notice: Notice, refs: Sequence[str]) -> None:
    missing = notice.requirements.exclude(ref__in=refs)
    used = missing.filter(judgements__isnull=False) | missing.filter(evidence__isnull=False)
    if used.exists():
        raise StillInUse(sorted({one.ref for one in used}))
    missing.delete()


def _fields(one: dict[str, Any], order: int) -> dict[str, Any]:
    return {
        "order": order,
        "name": one["name"],
        "section": one["place"][0]["section"],
        "obligation": one["obligation"].strip(),
        "modality": one["modality"],
        "condition": one.get("condition", ""),
        "does": one["does"],
        "agrees": one.get("agrees", []),
        "receives": one.get("receives", []),
        "when": one["when"],
        "evidence_expected": one["evidence"],
        "places": one["place"],
        "themes": one["themes"],
        "indicators": one.get("indicators", []),
        "checks": one.get("checks", []),
        "later": one.get("later", []),
        "is_for_the_plan": one.get("in_plan", True),
        "unverified": one.get("unverified", []),
    }


@service
def load_recommendations(
    *, by: Actor, at: datetime, notice: Notice, recommendations: Sequence[dict[str, Any]], invented: bool = False
) -> list[Recommendation]:
    """The recommendations of the inspection behind the notice, each with the requirements it bears on. Idempotent.

    Each is {ref, text, priority, requirements: [ref]}. Raises Refused, or UnreadableLibraryFile for an unknown ref.
    """
    code = notice.programme.code
    check(by, Permission.MANAGE_PLAN, code)
    refs = {one.ref: one for one in notice.requirements.all()}
    kept = []
    for order, one in enumerate(recommendations, start=1):
        unknown = [ref for ref in one.get("requirements", []) if ref not in refs]
        if unknown:
            path = f"recommendations[{one['ref']}].requirements"
            raise UnreadableLibraryFile("The recommendations", path, f"The notice has no {', '.join(unknown)}.")
        fields = {"order": order, "text": one["text"], "priority": one.get("priority", ""), "is_invented": invented}
        row, _ = Recommendation.objects.update_or_create(notice=notice, ref=one["ref"], defaults=fields)
        row.requirements.set([refs[ref] for ref in one.get("requirements", [])])
        kept.append(row)
    record("recommendations loaded", programme=code, subject=notice.title, detail={"recommendations": len(kept)})
    return kept
