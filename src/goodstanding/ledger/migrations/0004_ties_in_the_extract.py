"""Parts of the extract may hold ties."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ledger", "0003_classes_of_names"),)
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
                ],
                max_length=16,
            ),
        ),
    )
