"""Makes a row of each explanation of a late action that the action itself held. Its day was not kept: it has none."""

from django.db import migrations


def make_rows(apps, schema_editor):
    rows = apps.get_model("plan", "LatenessExplanation").objects
    for action in apps.get_model("plan", "Action").objects.exclude(late_cause=""):
        rows.create(action=action, cause=action.late_cause, words=action.late_words, recovery=action.recovery)


def put_back(apps, schema_editor):
    for said in apps.get_model("plan", "LatenessExplanation").objects.select_related("action").order_by("id"):
        action = said.action
        action.late_cause, action.late_words, action.recovery = said.cause, said.words, said.recovery
        action.save()


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_history")]

    operations = [migrations.RunPython(make_rows, put_back)]
