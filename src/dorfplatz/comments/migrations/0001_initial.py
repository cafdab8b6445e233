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
            name='Discussion',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='discussion', serialize=False, to='entries.entry')),
                ('is_open', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(blank=True, max_length=5000)),
                ('language', models.CharField(max_length=5)),
                ('state', models.CharField(choices=[('there', 'There'), ('removed', 'Removed by its author'), ('hidden', 'Hidden')], default='there', max_length=8)),
                ('written_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('form_key', models.CharField(help_text='idempotency key of the form', max_length=64, unique=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='entries.entry')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='comments.comment')),
            ],
            options={
                'ordering': ['written_at', 'pk'],
                'indexes': [models.Index(fields=['entry', 'written_at'], name='comment_of_entry'), models.Index(fields=['author', '-written_at'], name='comment_author')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['there', 'removed', 'hidden'])), name='comment_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'removed'), _negated=True), ('body', ''), _connector='OR'), name='comment_removed_is_empty')],
            },
        ),
    ]
