import django.db.models.deletion
import dorfplatz.moderation.models.cases
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as of the first tag; a home that had taken every step before it goes on from here."""

    replaces = [('moderation', '0001_initial'), ('moderation', '0002_forces'), ('moderation', '0003_list_index')]

    initial = True

    dependencies = [
        ('members', '0001_tables'),
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guard',
            fields=[
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='guard', serialize=False, to='villages.municipality')),
                ('crowd', models.PositiveSmallIntegerField(default=5, help_text='so many entries a day of new members who came with the same cards appear at once')),
                ('slow_until', models.DateTimeField(blank=True, help_text='until then every member’s entry waits', null=True)),
                ('words', models.TextField(blank=True, max_length=20000)),
                ('version', models.PositiveIntegerField(default=0, help_text='counts changes; a form opened before one is stale')),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=80)),
                ('cause', models.CharField(choices=[('report', 'Somebody reported it'), ('gate', 'It waits for a look before it appears'), ('after', 'It has appeared and wants a look'), ('changed', 'The author says it is changed now'), ('own', 'Seen by those who look after the square')], max_length=8)),
                ('why', models.CharField(blank=True, help_text='what the gate said, or the ground of the first report', max_length=40)),
                ('rank', models.PositiveSmallIntegerField(choices=[(0, 'Life or safety in danger'), (1, 'Against the law'), (2, 'Against the house rules'), (3, 'Only wants a look')])),
                ('title', models.CharField(blank=True, max_length=200)),
                ('excerpt', models.TextField(blank=True, max_length=2000)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.area')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.municipality')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['rank', 'opened_at'], name='case_queue'), models.Index(fields=['thing'], name='case_thing'), models.Index(fields=['author', '-opened_at'], name='case_author'), models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['closed_at'], name='case_closed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('thing',), name='case_open_once_for_a_thing'), models.CheckConstraint(condition=models.Q(('cause__in', ['report', 'gate', 'after', 'changed', 'own'])), name='case_cause_known'), models.CheckConstraint(condition=models.Q(('rank__in', [0, 1, 2, 3])), name='case_rank_known')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=dorfplatz.moderation.models.cases.new_secret, max_length=20, unique=True)),
                ('step', models.CharField(choices=[('leave', 'Leave it as it is'), ('ask', 'Ask for a change, hidden until then'), ('hide', 'Hide it'), ('remove', 'Remove it'), ('restrict', 'Remove it, and no writing for a while'), ('suspend', 'Remove it, and shut the person out')], max_length=10)),
                ('ground', models.CharField(blank=True, max_length=20)),
                ('reason', models.TextField(blank=True, max_length=4000)),
                ('force', models.CharField(choices=[('proposed', 'waits for a second person'), ('in_force', 'in force'), ('undone', 'undone')], default='in_force', max_length=10)),
                ('decided_at', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, help_text='of a restriction', null=True)),
                ('second_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='moderation.case')),
                ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('force', 'proposed')), fields=['decided_at'], name='decision_proposed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('step__in', ['leave', 'ask', 'hide', 'remove', 'restrict', 'suspend'])), name='decision_step_known'), models.CheckConstraint(condition=models.Q(('force__in', ['proposed', 'in_force', 'undone'])), name='decision_force_known'), models.CheckConstraint(condition=models.Q(('step', 'leave'), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('ground', ''), _negated=True)), _connector='OR'), name='decision_has_reason_and_ground'), models.CheckConstraint(condition=models.Q(models.Q(('step', 'restrict'), _negated=True), ('until__isnull', False), _connector='OR'), name='decision_restricts_for_a_while'), models.CheckConstraint(condition=models.Q(('second__isnull', True), models.Q(('second', models.F('by')), _negated=True), _connector='OR'), name='decision_by_four_eyes')],
            },
        ),
        migrations.CreateModel(
            name='GateRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('whom', models.CharField(choices=[('unknown', 'people whom no neighbour knows yet: their first three'), ('new', 'everybody: their first entry'), ('all', 'everybody: every entry')], max_length=8)),
                ('when', models.CharField(choices=[('before', 'before it appears'), ('after', 'after it has appeared')], max_length=6)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
                ('guard', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='moderation.guard')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('guard', 'area', 'kind', 'whom', 'when'), name='gate_rule_once'), models.UniqueConstraint(condition=models.Q(('area__isnull', True)), fields=('guard', 'kind', 'whom', 'when'), name='gate_rule_everywhere_once'), models.CheckConstraint(condition=models.Q(('whom__in', ['unknown', 'new', 'all'])), name='gate_rule_whom_known'), models.CheckConstraint(condition=models.Q(('when__in', ['before', 'after'])), name='gate_rule_when_known')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=dorfplatz.moderation.models.cases.new_secret, max_length=20, unique=True)),
                ('form_key', models.CharField(max_length=40, unique=True)),
                ('ground', models.CharField(max_length=20)),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(max_length=5)),
                ('made_at', models.DateTimeField(db_index=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='moderation.case')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
            options={
                'indexes': [models.Index(fields=['reporter', 'made_at'], name='report_reporter')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=4000)),
                ('made_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'The decision stays'), ('undone', 'The decision is undone')], max_length=8)),
                ('reason', models.TextField(blank=True, max_length=4000)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='moderation.decision')),
                ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='moderation.report')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['made_at'], name='appeal_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('report__isnull', True)), fields=('decision',), name='appeal_of_the_author_once'), models.UniqueConstraint(condition=models.Q(('report__isnull', False)), fields=('decision', 'report'), name='appeal_of_a_reporter_once'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'upheld', 'undone'])), name='appeal_outcome_known'), models.CheckConstraint(condition=models.Q(('decided_at__isnull', True), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='appeal_decided_with_reason')],
            },
        ),
    ]
