import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0002_freshness'),
        ('villages', '0002_stages'),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(help_text='as “Place.key” of the visit list', max_length=160)),
                ('on', models.DateField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'place'), name='visit_once')],
            },
        ),
    ]
