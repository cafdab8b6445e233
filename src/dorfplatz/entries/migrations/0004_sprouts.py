import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entries', '0003_failing_waits_behind'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntrySprout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grown_at', models.DateTimeField()),
                ('grown', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='seed', to='entries.entry')),
                ('seed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sprouts', to='entries.entry')),
            ],
        ),
    ]
