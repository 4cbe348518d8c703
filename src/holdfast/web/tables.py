"""The tables of an empty database, made from the models at once."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def lay_tables() -> None:
    """Make every table of an empty database, and say of every migration that it has been applied.

    For what is made anew and thrown away, a demonstration or the database of a test: the migrations leave the same
    tables (a test compares them) and take half a minute. An installation is made and upgraded by them alone. Raises
    the database's own error where a table is there already, having changed nothing.
    """
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in sorted(MigrationLoader(None).graph.nodes):
        recorder.record_applied(app, name)
    call_command("migrate", verbosity=0)  # finds nothing to do, and tells what waits for the tables that they are there
