"""Says what kind of evidence each link kept from before is. What leads nowhere is kept, and marked as unusable."""

from django.db import migrations


def name_kinds(apps, schema_editor):
    from holdfast.notice.evidencing import is_address

    links = apps.get_model("notice", "EvidenceLink").objects
    for link in links.filter(kind="unusable").select_related("requirement__notice__programme"):
        code = link.requirement.notice.programme.code
        if link.where.startswith(f"/{code}/") and link.where.isprintable() and " " not in link.where:
            links.filter(pk=link.pk).update(kind="record")
        elif is_address(link.where):
            links.filter(pk=link.pk).update(kind="address")


class Migration(migrations.Migration):
    dependencies = [("notice", "0002_evidence")]

    operations = [migrations.RunPython(name_kinds, migrations.RunPython.noop)]
