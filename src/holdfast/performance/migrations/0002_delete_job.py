"""Jobs move to the room of that name: what waits or runs is copied there, then this room's table goes."""

from typing import Any

from django.db import migrations


def copy_open_jobs(apps: Any, schema_editor: Any) -> None:
    """Work that waits is not lost by an upgrade. What runs waits again: its worker was stopped for the upgrade."""
    moved = apps.get_model("jobs", "Job")
    for job in apps.get_model("performance", "Job").objects.filter(state__in=("queued", "running")).order_by("id"):
        moved.objects.create(
            kind=job.kind, programme=job.programme.code, payload=job.payload, queued_at=job.queued_at, state="queued"
        )


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_initial"), ("jobs", "0001_initial")]

    operations = [
        migrations.RunPython(copy_open_jobs, migrations.RunPython.noop),
        migrations.DeleteModel(name="Job"),
    ]
