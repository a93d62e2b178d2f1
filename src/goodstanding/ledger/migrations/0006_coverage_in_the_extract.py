"""Parts of the extract may say which days deliveries tell of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ledger", "0005_events_of_cases"),)
    operations = (
        migrations.AlterField(
            model_name="part",
            name="kind",
            field=models.CharField(
                choices=[
                    ("records", "Records"),
                    ("endings", "Endings"),
                    ("subjects", "Subjects"),
                    ("ties", "Ties"),
                    ("coverage", "Coverage"),
                ],
                max_length=16,
            ),
        ),
    )
