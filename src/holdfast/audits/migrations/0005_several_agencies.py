"""Audits of one child by several agencies."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audits", "0004_panels_and_calibration"),
        ("organisation", "0004_whoever_holds_a_post"),
        ("questions", "0001_question_sets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JointAudit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=150)),
                ("case_ref", models.CharField(max_length=20)),
                ("due_on", models.DateField()),
                ("added_on", models.DateField()),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("is_invented", models.BooleanField(default=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_audits",
                        to="organisation.programme",
                    ),
                ),
                (
                    "safety",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="joint", to="audits.audit"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.team"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questions.setversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "multi-agency audit",
                "ordering": ["programme_id", "-number"],
            },
        ),
        migrations.CreateModel(
            name="JointJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("whole", models.SlugField()),
                ("reasons", models.TextField()),
                ("dissent", models.TextField(blank=True)),
                ("judged_on", models.DateField()),
                (
                    "joint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgement", to="audits.jointaudit"
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement of a panel",
                "verbose_name_plural": "judgements of panels",
            },
        ),
        migrations.CreateModel(
            name="JointReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_on", models.DateField()),
                ("handed_in_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.agency"
                    ),
                ),
                (
                    "answerer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="audits.jointaudit"
                    ),
                ),
                (
                    "sheet",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_return",
                        to="questions.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "agency’s return",
                "ordering": ["joint_id", "agency__name"],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("added_on", models.DateField()),
                ("plan_ref", models.CharField(blank=True, max_length=20)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.agency"
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lessons", to="audits.jointaudit"
                    ),
                ),
            ],
            options={
                "verbose_name": "lesson for an agency",
                "verbose_name_plural": "lessons for agencies",
                "ordering": ["joint_id", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="jointaudit",
            constraint=models.UniqueConstraint(
                fields=("programme", "number"), name="multi_agency_audits_are_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointreturn",
            constraint=models.UniqueConstraint(fields=("joint", "agency"), name="an_agency_answers_once"),
        ),
        migrations.AddConstraint(
            model_name="jointreturn",
            constraint=models.UniqueConstraint(fields=("joint", "answerer"), name="nobody_answers_for_two_agencies"),
        ),
        migrations.AddConstraint(
            model_name="jointreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("handed_in_on__isnull", True), ("sheet__isnull", False), _connector="OR"),
                name="a_return_that_is_in_was_answered",
            ),
        ),
    ]
