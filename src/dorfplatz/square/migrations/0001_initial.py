import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('entries', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Post',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='post', serialize=False, to='entries.entry')),
                ('sort', models.CharField(choices=[('news', 'News'), ('notice', 'Notice'), ('story', 'Story'), ('thanks', 'Thanks'), ('lost', 'Lost and found'), ('bereavement', 'In memory'), ('missing', 'Missing'), ('warning', 'Warning')], max_length=12)),
                ('tips', models.TextField(blank=True, max_length=2000)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['sort', 'entry'], name='post_sort')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sort__in', ['news', 'notice', 'story', 'thanks', 'lost', 'bereavement', 'missing', 'warning'])), name='post_sort_known')],
            },
        ),
    ]
