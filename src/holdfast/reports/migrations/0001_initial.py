"""Editions of reports, each written once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("performance", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("ministers", "Report to Ministers")], max_length=20)),
                ("on", models.DateField(help_text="The date the report is for.")),
                ("number", models.PositiveIntegerField()),
                ("inputs_sha256", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("files", models.JSONField(default=dict)),
                ("calculation_id", models.CharField(blank=True, max_length=64)),
                ("frozen_at", models.DateTimeField()),
                (
                    "frozen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="organisation.programme",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="performance.release",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "kind", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "kind", "on", "number"), name="editions_of_a_report_are_numbered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="editions_are_numbered_from_one"
                    ),
                ],
            },
        ),
    ]
