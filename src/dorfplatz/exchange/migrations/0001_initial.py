import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('entries', '0001_tables'),
        ('members', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exchange',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='exchange', serialize=False, to='entries.entry')),
                ('sort', models.CharField(choices=[('help', 'A helping hand'), ('ride', 'A ride'), ('lend', 'Lending and borrowing'), ('give', 'Giving away'), ('swap', 'Swapping'), ('company', 'Company'), ('skill', 'Knowing how'), ('volunteer', 'Volunteering'), ('room', 'A room')], max_length=10)),
                ('step', models.CharField(choices=[('open', 'open'), ('talk', 'in talk'), ('solved', 'solved'), ('thanked', 'solved, with thanks')], default='open', max_length=8)),
                ('is_regular', models.BooleanField(default=False)),
                ('needed_on', models.DateField(blank=True, null=True)),
                ('when_words', models.CharField(blank=True, max_length=120)),
                ('for_whom', models.CharField(blank=True, max_length=120)),
                ('from_words', models.CharField(blank=True, max_length=80)),
                ('to_words', models.CharField(blank=True, max_length=80)),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('round', models.PositiveIntegerField(default=1)),
                ('told_hours', models.PositiveSmallIntegerField(default=0)),
                ('solved_at', models.DateTimeField(blank=True, null=True)),
                ('set_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
            options={
                'indexes': [models.Index(fields=['step', 'entry'], name='exchange_step')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sort__in', ['help', 'ride', 'lend', 'give', 'swap', 'company', 'skill', 'volunteer', 'room'])), name='exchange_sort_known'), models.CheckConstraint(condition=models.Q(('step__in', ['open', 'talk', 'solved', 'thanked'])), name='exchange_step_known'), models.CheckConstraint(condition=models.Q(('told_hours__in', [0, 24, 72])), name='exchange_told_hours_known')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('state', models.CharField(choices=[('open', 'Waits for a yes'), ('accepted', 'Agreed'), ('declined', 'Not needed any more'), ('withdrawn', 'Taken back')], default='open', max_length=9)),
                ('said_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('thanks', models.TextField(blank=True, max_length=1000)),
                ('thanked_at', models.DateTimeField(blank=True, null=True)),
                ('shows_thanks', models.BooleanField(default=False)),
                ('form_key', models.CharField(help_text='idempotency key of the form', max_length=40, unique=True)),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.identity')),
                ('exchange', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='exchange.exchange')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'declined', 'withdrawn'])), name='answer_state_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'accepted'])), fields=('exchange', 'helper'), name='answer_once_at_a_time'), models.CheckConstraint(condition=models.Q(('shows_thanks', False), models.Q(('thanks', ''), _negated=True), _connector='OR'), name='answer_shows_thanks_that_are_there')],
            },
        ),
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('sent_at', models.DateTimeField()),
                ('exchange', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.exchange')),
            ],
        ),
    ]
