"""An explanation of lateness is an update that says what is not going as planned: the same rows, which now say more.

What a file alone said of evidence and impact is dropped: both now follow from evidence that somebody accepted.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plan", "0005_dates_moved_by_decision")]

    operations = [
        migrations.RenameModel("LatenessExplanation", "ProgressUpdate"),
        migrations.RemoveConstraint(model_name="action", name="an_action_is_done_before_it_is_evidenced"),
        migrations.RemoveConstraint(model_name="action", name="an_action_is_evidenced_before_impact_is_shown"),
        migrations.RemoveField(model_name="action", name="evidenced_on"),
        migrations.RemoveField(model_name="action", name="impact_shown_on"),
    ]
