from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0010_published_files_counted"),
    ]

    operations = [
        migrations.AddField(
            model_name="return",
            name="confirmed_as",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddField(
            model_name="return",
            name="left_out",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name="return",
            name="refusal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not refused"),
                    ("unreadable", "The file could not be read"),
                    ("blocking", "The file has blocking faults"),
                    ("authority", "The file is for another authority"),
                    ("loss", "All or most of a column would be lost"),
                    ("undated", "The file does not say what date it describes"),
                    ("future", "The file describes a day that has not come yet"),
                    ("broken", "Reading stopped without finishing"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
