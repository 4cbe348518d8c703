"""Sign-ins reach the trail, and rows that services write are noted, from the moment the product starts."""

from contextlib import suppress
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "holdfast.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access import sealing, sign_in_trail

        sealing.connect()
        sign_in_trail.connect()
        post_migrate.connect(_begin_to_seal, sender=self)


def _begin_to_seal(sender: Any, **kwargs: Any) -> None:
    """After an upgrade from a version that sealed nothing: seal what is there, once, and say so in the trail."""
    from holdfast.access import clock
    from holdfast.access.checking import NothingToSeal, seal_what_stands
    from holdfast.access.doors import SYSTEM
    from holdfast.access.models import SealedRow, TrailRow

    if not TrailRow.objects.exists() or SealedRow.objects.exists():
        return
    with suppress(NothingToSeal):
        counted = seal_what_stands(by=SYSTEM, at=clock.now())
        print(f"Sealing begins: {sum(counted.values())} records were sealed as they stand. The trail says so.")
