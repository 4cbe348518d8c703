"""What the chair drafts, and what the chair sent to Ministers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_whoever_holds_a_post"),
        ("reports", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChairReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("due_on", models.DateField()),
                ("sha256", models.CharField(max_length=64)),
                ("files", models.JSONField(default=dict)),
                ("pointed_out", models.JSONField(default=list)),
                ("sent_on", models.DateField()),
                ("sent_at", models.DateTimeField()),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="reports.chairreport",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chair_reports", to="reports.edition"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chair_reports",
                        to="organisation.programme",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "report of the chair",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "number"), name="reports_of_the_chair_are_numbered_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)),
                        fields=("programme", "due_on"),
                        name="the_chair_reports_once_for_a_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChairDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("words", models.JSONField(default=dict)),
                ("is_shared", models.BooleanField(default=False)),
                ("begun_on", models.DateField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.edition"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chair_drafts",
                        to="organisation.programme",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.chairreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of the chair",
                "ordering": ["due_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "due_on"), name="the_chair_drafts_once_for_a_month")
                ],
            },
        ),
    ]
