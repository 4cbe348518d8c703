from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0009_own_headings"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedfile",
            name="n_rows",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="publishedfile",
            name="symbols",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
