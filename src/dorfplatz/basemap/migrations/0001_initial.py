import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='BaseMap',
            fields=[
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='base_map', serialize=False, to='villages.municipality')),
                ('file', models.CharField(help_text='name in the folder “maps”', max_length=100)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('made_of', models.CharField(help_text='hash of the extract, the box and our way of drawing', max_length=64)),
                ('data_at', models.DateTimeField(blank=True, help_text='from when the data are, if the extract says it', null=True)),
                ('made_at', models.DateTimeField()),
                ('is_on', models.BooleanField(default=True)),
                ('streets_count', models.PositiveIntegerField(default=0)),
                ('houses_count', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Street',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('place', models.CharField(blank=True, max_length=100)),
                ('postcode', models.CharField(blank=True, max_length=100)),
                ('lat', models.FloatField()),
                ('lon', models.FloatField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'place', 'name'), name='street_once_in_a_village')],
            },
        ),
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=100)),
                ('postcode', models.CharField(blank=True, max_length=100)),
                ('lat', models.FloatField()),
                ('lon', models.FloatField()),
                ('street', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='houses', to='basemap.street')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('street', 'number'), name='house_number_once_in_a_street')],
            },
        ),
    ]
