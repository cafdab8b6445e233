import django.db.models.deletion
import dorfplatz.entries.models
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as of the first tag; a home that had taken every step before it goes on from here."""

    replaces = [('entries', '0001_initial'), ('entries', '0002_initial'), ('entries', '0003_initial'), ('entries', '0004_writing')]

    initial = True

    dependencies = [
        ('media', '0001_initial'),
        ('members', '0001_tables'),
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=dorfplatz.entries.models.new_code, max_length=12, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True, max_length=50000)),
                ('language', models.CharField(max_length=5)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waiting for a look'), ('published', 'Published'), ('hidden', 'Hidden'), ('removed', 'Removed')], default='draft', max_length=10)),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Members')], default='public', max_length=10)),
                ('is_for_municipality', models.BooleanField(default=False, help_text='whether municipal officers, as such, read what is for members')),
                ('circle', models.BigIntegerField(blank=True, help_text='plain id of a group whose members see it', null=True)),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('publish_at', models.DateTimeField(blank=True, help_text='a draft that appears by itself, and when', null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('check_due_at', models.DateTimeField(blank=True, null=True)),
                ('origin', models.CharField(blank=True, help_text='“” by people here, else the importer’s name', max_length=20)),
                ('uri', models.CharField(blank=True, help_text='address of the original elsewhere', max_length=500)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['kind', 'state', '-published_at'], name='entry_feed'), models.Index(fields=['author', 'state'], name='entry_author'), models.Index(condition=models.Q(('expires_at__isnull', False)), fields=['expires_at'], name='entry_expiry'), models.Index(condition=models.Q(('check_due_at__isnull', False)), fields=['check_due_at'], name='entry_check_due'), models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='entry_publish_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'waiting', 'published', 'hidden', 'removed'])), name='entry_state_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'members'])), name='entry_audience_known'), models.CheckConstraint(condition=models.Q(('publish_at__isnull', True), ('state__in', ['draft', 'removed']), _connector='OR'), name='entry_publish_at_is_a_drafts'), models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__range', (-90, 90)), ('lon__range', (-180, 180))), _connector='OR'), name='entry_point_on_earth'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='entry_published_at_known'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('starts_at__lte', models.F('ends_at')), _connector='OR'), name='entry_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='EntryArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.area')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='entries.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'entry'], name='entry_area_entries')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'area'), name='entry_in_area_once')],
            },
        ),
        migrations.CreateModel(
            name='EntryPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_key', models.CharField(blank=True, max_length=64)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('added_at', models.DateTimeField()),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='entries.entry')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='media.picture')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'indexes': [models.Index(condition=models.Q(('form_key', ''), _negated=True), fields=['form_key'], name='entry_picture_chosen')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'picture'), name='entry_picture_once'), models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('form_key', '')), models.Q(('entry__isnull', True), models.Q(('form_key', ''), _negated=True)), _connector='OR'), name='entry_picture_hangs_or_waits')],
            },
        ),
        migrations.CreateModel(
            name='EntryText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True, max_length=50000)),
                ('source_hash', models.CharField(max_length=64)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='entries.entry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'language'), name='entry_text_once_per_language')],
            },
        ),
        migrations.CreateModel(
            name='EntryVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True, max_length=50000)),
                ('language', models.CharField(max_length=5)),
                ('written_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='entries.entry')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
            options={
                'ordering': ['-replaced_at', '-pk'],
                'indexes': [models.Index(fields=['entry', '-replaced_at'], name='entry_version_newest')],
            },
        ),
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('sent_at', models.DateTimeField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='entries.entry')),
            ],
        ),
        migrations.CreateModel(
            name='EntryRemoval',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='removal', serialize=False, to='entries.entry')),
                ('removed_at', models.DateTimeField()),
                ('state_before', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waiting for a look'), ('published', 'Published'), ('hidden', 'Hidden'), ('removed', 'Removed')], max_length=10)),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
        ),
        migrations.AddField(
            model_name='Entry',
            name='areas',
            field=models.ManyToManyField(related_name='+', through='entries.EntryArea', to='villages.area'),
        ),
    ]
