"""Reports of cycles of audits, and to which bodies they went."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_whoever_holds_a_post"),
        ("reports", "0002_the_chair_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("sha256", models.CharField(max_length=64)),
                ("files", models.JSONField(default=dict)),
                ("open_sha256", models.CharField(max_length=64)),
                ("open_files", models.JSONField(default=dict)),
                ("frozen_on", models.DateField()),
                ("frozen_at", models.DateTimeField()),
                (
                    "frozen_by",
                    models.ForeignKey(
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
                        related_name="audit_reports",
                        to="organisation.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of audits",
                "verbose_name_plural": "reports of audits",
                "ordering": ["programme_id", "-number"],
            },
        ),
        migrations.CreateModel(
            name="AuditReportSent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_on", models.DateField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.body"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sent", to="reports.auditreport"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "report of audits sent",
                "verbose_name_plural": "reports of audits sent",
                "ordering": ["report_id", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="auditreport",
            constraint=models.UniqueConstraint(
                fields=("programme", "number"), name="reports_of_audits_are_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))), name="a_cycle_of_audits_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditreportsent",
            constraint=models.UniqueConstraint(
                fields=("report", "body"), name="a_report_of_audits_goes_to_a_body_once"
            ),
        ),
    ]
