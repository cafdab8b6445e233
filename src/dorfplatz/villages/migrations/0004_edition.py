from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def count_from_one(apps: Any, _editor: Any) -> None:
    """An edition for every municipality that is served already."""
    edition = apps.get_model("villages", "Edition")
    served = apps.get_model("villages", "Municipality").objects.filter(is_served=True)
    edition.objects.bulk_create([edition(municipality_id=pk) for pk in served.values_list("pk", flat=True)])


class Migration(migrations.Migration):

    dependencies = [
        ("villages", "0003_outside_tint"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("municipality", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="edition", serialize=False, to="villages.municipality")),
                ("number", models.PositiveBigIntegerField(default=1)),
            ],
        ),
        migrations.RunPython(count_from_one, migrations.RunPython.noop),
    ]
