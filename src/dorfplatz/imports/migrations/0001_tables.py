import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as of the first tag; a home that had taken every step before it goes on from here."""

    replaces = [('imports', '0001_initial'), ('imports', '0002_fault'), ('imports', '0003_calendars')]

    initial = True

    dependencies = [
        ('events', '0001_tables'),
        ('places', '0001_tables'),
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('osm', 'OpenStreetMap'), ('csv', 'Table (CSV)'), ('ics', 'Calendar (iCalendar)')], max_length=8)),
                ('label', models.CharField(max_length=120)),
                ('licence', models.CharField(blank=True, max_length=120)),
                ('attribution', models.CharField(blank=True, max_length=200)),
                ('website', models.URLField(blank=True, max_length=500)),
                ('address', models.CharField(blank=True, help_text='name of the file, or the address it came from', max_length=500)),
                ('data_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField()),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='villages.area')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.municipality')),
                ('organiser', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.listing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'kind', 'label'), name='source_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['osm', 'csv', 'ics'])), name='source_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('osm', 'OpenStreetMap'), ('csv', 'Table (CSV)'), ('ics', 'Calendar (iCalendar)')], max_length=8)),
                ('address', models.CharField(max_length=500)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('rejected', models.JSONField(blank=True, default=list)),
                ('fault', models.CharField(blank=True, max_length=300)),
                ('fault_values', models.JSONField(blank=True, default=dict)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.municipality')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='imports.source')),
            ],
            options={
                'ordering': ['-began_at', '-pk'],
                'indexes': [models.Index(fields=['municipality', '-began_at'], name='reading_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['osm', 'csv', 'ics'])), name='reading_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='DateRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255)),
                ('stated', models.CharField(max_length=64)),
                ('written', models.CharField(max_length=64)),
                ('vanished_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='date_record', to='events.event')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dates', to='imports.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='date_record_once')],
            },
        ),
        migrations.CreateModel(
            name='SourceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('values', models.JSONField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('also', models.JSONField(blank=True, default=list)),
                ('vanished_at', models.DateTimeField(blank=True, null=True)),
                ('listing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='source_record', to='places.listing')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='imports.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='source_record_once')],
            },
        ),
    ]
