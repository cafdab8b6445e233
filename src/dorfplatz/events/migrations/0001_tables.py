import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as of the first tag; a home that had taken every step before it goes on from here."""

    replaces = [('events', '0001_initial'), ('events', '0002_calendars')]

    initial = True

    dependencies = [
        ('entries', '0001_tables'),
        ('members', '0001_tables'),
        ('places', '0001_tables'),
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='event', serialize=False, to='entries.entry')),
                ('starts_on', models.DateField()),
                ('starts_time', models.TimeField(blank=True, null=True)),
                ('ends_on', models.DateField()),
                ('ends_time', models.TimeField(blank=True, null=True)),
                ('zone', models.CharField(max_length=40)),
                ('rule', models.CharField(blank=True, max_length=400)),
                ('holiday_region', models.CharField(blank=True, max_length=12)),
                ('place_words', models.CharField(blank=True, max_length=200)),
                ('generations', models.PositiveSmallIntegerField(default=0, help_text='bits of places.enums.Generation, 0 for all')),
                ('is_free', models.BooleanField(blank=True, null=True)),
                ('cost_note', models.CharField(blank=True, max_length=200)),
                ('step_free', models.CharField(choices=[('unknown', 'not known'), ('yes', 'step-free'), ('limited', 'step-free in part'), ('no', 'not step-free')], default='unknown', max_length=8)),
                ('spoken_languages', models.JSONField(blank=True, default=list)),
                ('registration', models.CharField(blank=True, max_length=300)),
                ('takes_names', models.BooleanField(default=True, help_text='whether one can say “I’m coming”')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True)),
                ('status', models.CharField(choices=[('planned', 'takes place'), ('cancelled', 'cancelled')], default='planned', max_length=10)),
                ('status_word', models.CharField(blank=True, max_length=300)),
                ('uid', models.CharField(max_length=255, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('form_key', models.CharField(blank=True, max_length=40, null=True, unique=True)),
                ('expanded_until', models.DateField(blank=True, null=True)),
                ('missing_since', models.DateTimeField(blank=True, help_text='vanished from its source', null=True)),
                ('organiser', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events_of', to='places.listing')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events_here', to='places.listing')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.category')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('rule', ''), _negated=True), fields=['expanded_until'], name='event_expanded')],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__lte', models.F('ends_on'))), name='event_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('starts_time__isnull', False), ('ends_time__isnull', True), _connector='OR'), name='event_all_day_has_no_hours'), models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'cancelled'])), name='event_status_known'), models.CheckConstraint(condition=models.Q(('step_free__in', ['unknown', 'yes', 'limited', 'no'])), name='event_step_free_known'), models.CheckConstraint(condition=models.Q(('generations__lt', 32)), name='event_generations_known'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gte', 1), _connector='OR'), name='event_capacity')],
            },
        ),
        migrations.CreateModel(
            name='Coming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('persons', models.PositiveSmallIntegerField(default=1)),
                ('shows_name', models.BooleanField(default=False)),
                ('said_at', models.DateTimeField()),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.identity')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comings', to='events.event')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'on', 'identity'), name='coming_once'), models.CheckConstraint(condition=models.Q(('persons__range', (1, 20))), name='coming_persons')],
            },
        ),
        migrations.CreateModel(
            name='Occurrence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('change', models.CharField(blank=True, choices=[('cancelled', 'cancelled'), ('moved', 'moved'), ('added', 'additional date'), ('omitted', 'left out')], max_length=10)),
                ('word', models.CharField(blank=True, max_length=300)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occurrences', to='events.event')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'ends_at'], name='occurrence_next'), models.Index(fields=['ends_at'], name='occurrence_over')],
                'constraints': [models.UniqueConstraint(fields=('event', 'on'), name='occurrence_once'), models.CheckConstraint(condition=models.Q(('starts_at__lte', models.F('ends_at'))), name='occurrence_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='OccurrenceDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
                ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='events.occurrence')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'day', 'occurrence'], name='occurrence_day_calendar')],
                'constraints': [models.UniqueConstraint(fields=('occurrence', 'area', 'day'), name='occurrence_day_once')],
            },
        ),
        migrations.CreateModel(
            name='SingleDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(help_text='the day it would have been; of an added date its own')),
                ('change', models.CharField(choices=[('cancelled', 'cancelled'), ('moved', 'moved'), ('added', 'additional date'), ('omitted', 'left out')], max_length=10)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('starts_time', models.TimeField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('ends_time', models.TimeField(blank=True, null=True)),
                ('word', models.CharField(blank=True, max_length=300)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='single_dates', to='events.event')),
            ],
            options={
                'ordering': ['on'],
                'constraints': [models.UniqueConstraint(fields=('event', 'on'), name='single_date_once'), models.CheckConstraint(condition=models.Q(('change__in', ['cancelled', 'moved', 'added', 'omitted'])), name='single_date_change_known'), models.CheckConstraint(condition=models.Q(('change__in', ['cancelled', 'omitted']), models.Q(('ends_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='single_date_has_its_days')],
            },
        ),
    ]
