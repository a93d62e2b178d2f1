"""A run keeps the cut-offs of quotas by rank."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("standing", "0002_privileges"),)
    operations = (
        migrations.AddField(
            model_name="run",
            name="cut_offs",
            field=models.JSONField(default=list),
        ),
    )
