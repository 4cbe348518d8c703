"""Takes from actions what the rows of explanations hold now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plan", "0003_explanations_as_rows")]

    operations = [
        migrations.RemoveField(
            model_name="action",
            name="late_cause",
        ),
        migrations.RemoveField(
            model_name="action",
            name="late_words",
        ),
        migrations.RemoveField(
            model_name="action",
            name="recovery",
        ),
    ]
