import django.db.models.deletion
import dorfplatz.jobs.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('begins_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'begins_at'), name='jobs_slot_once')],
            },
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.CharField(default=dorfplatz.jobs.models.new_worker_id, max_length=32, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('beat_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['beat_at'], name='jobs_worker_beat')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('result', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='job', serialize=False, to='django_tasks_database.dbtaskresult')),
                ('key', models.CharField(max_length=200, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('parked', 'Parked'), ('done', 'Done'), ('dropped', 'Dropped')], default='waiting', max_length=8)),
                ('priority', models.SmallIntegerField(default=0)),
                ('run_after', models.DateTimeField()),
                ('attempt', models.PositiveIntegerField(default=0)),
                ('fault', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='jobs', to='jobs.worker')),
            ],
            options={
                'ordering': ('-priority', 'run_after', 'pk'),
                'indexes': [models.Index(models.F('state'), models.OrderBy(models.F('priority'), descending=True), models.F('run_after'), condition=models.Q(('state', 'waiting')), name='jobs_job_due'), models.Index(fields=['state', 'changed_at'], name='jobs_job_changed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running'))), fields=('key',), name='jobs_job_key_once_while_live'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), ('worker__isnull', False)), models.Q(models.Q(('state', 'running'), _negated=True), ('worker__isnull', True)), _connector='OR'), name='jobs_job_runs_at_a_worker')],
            },
        ),
    ]
