import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('entries', '0003_failing_waits_behind'),
        ('media', '0001_initial'),
        ('members', '0006_hidden_pages'),
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='FlipChart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=80)),
                ('held_on', models.DateField()),
                ('shows_photos', models.BooleanField(default=False, help_text='whether others than connectors see the photos')),
                ('typed_at', models.DateTimeField()),
                ('form_key', models.CharField(max_length=64, unique=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
                ('typed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
        ),
        migrations.CreateModel(
            name='ChartPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('picture', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='media.picture')),
                ('chart', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='wishes.flipchart')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.JSONField(default=dict)),
                ('named_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='wish', serialize=False, to='entries.entry')),
                ('mood', models.CharField(choices=[('wish', 'I wish'), ('well', 'Works well'), ('bothers', 'Bothers me'), ('join', 'I’d join')], max_length=8)),
                ('status', models.CharField(choices=[('open', 'open'), ('heard', 'heard'), ('group', 'a group has formed'), ('done', 'fulfilled'), ('not_possible', 'not possible')], default='open', max_length=12)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('on_paper', models.PositiveSmallIntegerField(default=0)),
                ('chart', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='wishes', to='wishes.flipchart')),
                ('set_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='wishes', to='wishes.theme')),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('open', 'open'), ('heard', 'heard'), ('group', 'a group has formed'), ('done', 'fulfilled'), ('not_possible', 'not possible')], max_length=12)),
                ('words', models.TextField(max_length=1000)),
                ('language', models.CharField(max_length=5)),
                ('said_at', models.DateTimeField()),
                ('form_key', models.CharField(max_length=64, unique=True)),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('wish', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='wishes.wish')),
            ],
            options={
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeToo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField()),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.identity')),
                ('wish', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='me_toos', to='wishes.wish')),
            ],
        ),
        migrations.AddIndex(
            model_name='wish',
            index=models.Index(fields=['status', 'entry'], name='wish_status'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(('mood__in', ['wish', 'well', 'bothers', 'join'])), name='wish_mood_known'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'heard', 'group', 'done', 'not_possible'])), name='wish_status_known'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'open'), ('answered_at__isnull', False), _connector='OR'), name='wish_step_has_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'heard', 'group', 'done', 'not_possible']), models.Q(('status', 'open'), _negated=True)), name='reply_status_known'),
        ),
        migrations.AddConstraint(
            model_name='metoo',
            constraint=models.UniqueConstraint(fields=('wish', 'identity'), name='me_too_once'),
        ),
    ]
