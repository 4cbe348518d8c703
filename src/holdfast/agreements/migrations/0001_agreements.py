"""What is to be agreed: subjects, versions, parties, answers, withdrawals and reviews."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0002_bodies_are_spoken_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "The plan"),
                            ("indicators", "Indicators and their targets"),
                            ("thresholds", "Thresholds for assessment"),
                            ("early-help", "How early help is assessed"),
                            ("oversight-standards", "Standards for management oversight"),
                            ("audit-programme", "The programme of audits"),
                            ("audit-oversight", "How often audits are overseen"),
                            ("data-sharing", "Sharing of data"),
                            ("terms-of-reference", "Terms of reference"),
                            ("chair-support", "Support for the chair"),
                            ("other", "Something else"),
                        ],
                        max_length=30,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("is_invented", models.BooleanField(default=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="organisation.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "subject of agreement",
                "ordering": ["title"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "code"), name="an_agreement_has_its_own_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reviewed_on", models.DateField()),
                ("words", models.TextField()),
                ("minute", models.CharField(blank=True, max_length=120)),
                ("next_on", models.DateField(blank=True, null=True)),
                ("recorded_on", models.DateField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="agreements.subject"
                    ),
                ),
            ],
            options={
                "verbose_name": "review of an agreement",
                "ordering": ["reviewed_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField(blank=True)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "n_bytes",
                    models.PositiveIntegerField(blank=True, help_text="Null for what is not a document.", null=True),
                ),
                ("content_hash", models.CharField(max_length=64)),
                ("change", models.TextField(blank=True)),
                ("proposed_on", models.DateField()),
                ("recorded_on", models.DateField()),
                ("effective_on", models.DateField(blank=True, null=True)),
                ("agree_by", models.DateField(blank=True, null=True)),
                ("review_by", models.DateField(blank=True, null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="agreements.subject"
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an agreement",
                "ordering": ["subject_id", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "number"), name="versions_of_an_agreement_are_numbered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="versions_are_numbered_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True),
                            models.Q(("file_sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_version_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("body", "Body"), ("agency", "Agency"), ("person", "Person")], max_length=10
                    ),
                ),
                ("key", models.CharField(max_length=150)),
                ("name", models.CharField(max_length=150)),
                ("is_required", models.BooleanField(default=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="agreements.version"
                    ),
                ),
            ],
            options={
                "verbose_name": "party to an agreement",
                "verbose_name_plural": "parties to an agreement",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "kind", "key"), name="a_party_is_asked_once_for_a_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("withdrawn_on", models.DateField()),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="agreements.version"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal of a version",
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "says",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed"),
                            ("commented", "Agreed, with a comment"),
                            ("declined", "Declined"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("minute", models.CharField(blank=True, max_length=120)),
                ("said_on", models.DateField()),
                ("recorded_on", models.DateField()),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="agreements.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to an agreement",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("says", "agreed"), models.Q(("words", ""), _negated=True), _connector="OR"),
                        name="a_comment_or_a_no_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said_by__isnull", False), models.Q(("minute", ""), _negated=True), _connector="OR"
                        ),
                        name="an_answer_has_a_person_or_a_minute",
                    ),
                ],
            },
        ),
    ]
