"""Which role speaks for a body: nobody's until somebody says, so that only a minute answers for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="spoken_for_by",
            field=models.CharField(blank=True, max_length=50),
        ),
    ]
