"""Rows that are written once: what was said, decided or judged stays, and the newest counts.

    class Judgement(KeptForGood): ...

Rule: a correction is another row. Nothing here says which row counts; each room's selectors do.
"""

from typing import Any

from django.db import models


class OnlyEverAdded(Exception):
    """Somebody tried to change or remove a row that is kept for good."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} cannot be changed or removed. Record a new one: the newest counts.")


class KeptForGood(models.Model):
    """A row that is written once. Saving it again, or deleting it, is refused."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise OnlyEverAdded(str(self._meta.verbose_name).capitalize())
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise OnlyEverAdded(str(self._meta.verbose_name).capitalize())
