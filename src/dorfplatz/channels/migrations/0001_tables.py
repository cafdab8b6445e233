import datetime
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as of the first tag; a home that had taken every step before it goes on from here."""

    replaces = [('channels', '0001_initial'), ('channels', '0002_letters'), ('channels', '0003_push')]

    initial = True

    dependencies = [
        ('entries', '0001_tables'),
        ('members', '0001_tables'),
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('identity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='preferences', serialize=False, to='members.identity')),
                ('rhythm', models.CharField(choices=[('weekly', 'every Thursday morning'), ('daily', 'every morning'), ('none', 'no letter')], default='weekly', max_length=8)),
                ('areas', models.JSONField(blank=True, default=list)),
                ('with_neighbours', models.BooleanField(default=True)),
                ('left_out', models.JSONField(blank=True, default=list)),
                ('ways', models.JSONField(blank=True, default=dict)),
                ('quiet_from', models.TimeField(blank=True, default=datetime.time(21, 0), null=True)),
                ('quiet_until', models.TimeField(blank=True, default=datetime.time(7, 0), null=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'preferences',
                'constraints': [models.CheckConstraint(condition=models.Q(('rhythm__in', ['weekly', 'daily', 'none'])), name='rhythm_known'), models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='quiet_hours_have_both_ends')],
            },
        ),
        migrations.CreateModel(
            name='PushSubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('endpoint', models.CharField(max_length=1000)),
                ('endpoint_hash', models.CharField(max_length=64, unique=True)),
                ('p256dh', models.CharField(max_length=100)),
                ('auth', models.CharField(max_length=40)),
                ('failed_count', models.PositiveSmallIntegerField(default=0, help_text='in a row')),
                ('made_at', models.DateTimeField()),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='members.identity')),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.CharField(max_length=20)),
                ('is_sent', models.BooleanField()),
                ('made_at', models.DateTimeField()),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='members.identity')),
            ],
            options={
                'indexes': [models.Index(fields=['made_at'], name='letter_age')],
                'constraints': [models.UniqueConstraint(fields=('identity', 'slot'), name='letter_once')],
            },
        ),
        migrations.CreateModel(
            name='LetterRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.CharField(max_length=20)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'slot'), name='letters_begun_once')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=100)),
                ('about', models.JSONField(blank=True, default=dict)),
                ('way', models.CharField(choices=[('at_once', 'at once by mail'), ('letter', 'with the next letter'), ('list', 'only in the list on the square'), ('none', 'not at all')], max_length=8)),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('carried_at', models.DateTimeField(blank=True, help_text='put into a mail or a letter', null=True)),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='entries.entry')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='members.identity')),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
            options={
                'indexes': [models.Index(fields=['identity', '-id'], name='note_list'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['identity'], name='note_unread'), models.Index(fields=['made_at'], name='note_age')],
                'constraints': [models.UniqueConstraint(fields=('identity', 'key'), name='note_told_once'), models.CheckConstraint(condition=models.Q(('way__in', ['at_once', 'letter', 'list'])), name='note_way_known')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(blank=True, max_length=20)),
                ('words', models.CharField(blank=True, max_length=100)),
                ('way', models.CharField(choices=[('at_once', 'at once by mail'), ('letter', 'with the next letter'), ('list', 'only in the list on the square'), ('none', 'not at all')], max_length=8)),
                ('made_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='members.identity')),
            ],
            options={
                'verbose_name_plural': 'watches',
                'indexes': [models.Index(fields=['area', 'section'], name='watch_area')],
                'constraints': [models.UniqueConstraint(fields=('identity', 'area', 'section', 'words'), name='watch_once'), models.CheckConstraint(condition=models.Q(('way__in', ['at_once', 'letter', 'list'])), name='watch_way_known')],
            },
        ),
    ]
