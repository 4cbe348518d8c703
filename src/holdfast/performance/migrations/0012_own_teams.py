import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_whoever_holds_a_post"),
        ("performance", "0011_accepted_beforehand"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnTeams",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("teams", models.JSONField(default=dict)),
                ("set_at", models.DateTimeField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "version"), name="one_set_of_own_teams_per_version")
                ],
            },
        ),
        migrations.AddField(model_name="ownheadings", name="rows", field=models.JSONField(default=dict)),
    ]
