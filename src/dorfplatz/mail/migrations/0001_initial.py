from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('refused', 'Refused by the mail server')], default='waiting', max_length=8)),
                ('to', models.CharField(blank=True, max_length=254)),
                ('subject', models.CharField(blank=True, max_length=250)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('language', models.CharField(max_length=10)),
                ('headers', models.JSONField(default=dict)),
                ('message_id', models.CharField(max_length=250, unique=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('refusal', models.CharField(blank=True, max_length=100)),
                ('posted_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'posted_at'], name='mail_mail_state'), models.Index(fields=['to'], name='mail_mail_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), models.Q(models.Q(('to', ''), _negated=True), ('erased_at__isnull', True)), _connector='OR'), name='mail_mail_waiting_has_address'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='mail_mail_sent_at')],
            },
        ),
    ]
