from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0006_what_was_decided"),
    ]

    operations = [
        migrations.AddField(
            model_name="return",
            name="parts",
            field=models.JSONField(default=list),
        ),
    ]
