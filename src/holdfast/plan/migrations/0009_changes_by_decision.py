"""A change of what a milestone must reach keeps the number of its decision. Changes made before had none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plan", "0008_who_takes_over")]

    operations = [
        migrations.AddField(
            model_name="change",
            name="decision",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
