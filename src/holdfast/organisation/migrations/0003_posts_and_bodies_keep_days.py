"""Who held a post from when to when, and from when to when there is a body."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_bodies_are_spoken_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PostHolding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["post_id", "id"],
            },
        ),
        migrations.AddField(
            model_name="body",
            name="from_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="body",
            name="to_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on__isnull", True),
                    ("to_on__isnull", True),
                    ("to_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="a_body_ends_after_it_begins",
            ),
        ),
        migrations.AddField(
            model_name="postholding",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="post_holdings", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="postholding",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="organisation.post"
            ),
        ),
        migrations.AddConstraint(
            model_name="postholding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_on__isnull", True)), fields=("post",), name="a_post_is_held_by_one_at_a_time"
            ),
        ),
    ]
