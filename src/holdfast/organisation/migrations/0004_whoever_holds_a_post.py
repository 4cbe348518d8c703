"""Whoever holds a post goes on holding it: since before such days were kept, so on every day until it changes hands."""

from typing import Any

from django.db import migrations


def keep(apps: Any, schema_editor: Any) -> None:
    holdings = apps.get_model("organisation", "PostHolding")
    for post in apps.get_model("organisation", "Post").objects.filter(holder__isnull=False, holdings__isnull=True):
        holdings.objects.create(post=post, account_id=post.holder_id)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_posts_and_bodies_keep_days")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
