import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Sentence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_hash', models.CharField(help_text='of the words it was made from', max_length=64)),
                ('source', models.CharField(max_length=5)),
                ('target', models.CharField(max_length=5)),
                ('fingerprint', models.CharField(help_text='of glossary, names and form of address at work in it', max_length=16)),
                ('words', models.TextField()),
                ('engine', models.CharField(max_length=20)),
                ('model', models.CharField(max_length=60)),
                ('path', models.CharField(help_text='“de-en-nl”: by way of English', max_length=20)),
                ('state', models.CharField(choices=[('done', 'Translated'), ('partly', 'Translated in part'), ('kept', 'Left as it was')], max_length=6)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source_hash', 'source', 'target', 'fingerprint'), name='translation_sentence_once'), models.CheckConstraint(condition=models.Q(('state__in', ['done', 'partly', 'kept'])), name='translation_sentence_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_hash', models.CharField(help_text='of the words it was made from', max_length=64)),
                ('source', models.CharField(max_length=5)),
                ('target', models.CharField(max_length=5)),
                ('fingerprint', models.CharField(help_text='of glossary, names and form of address at work in it', max_length=16)),
                ('words', models.TextField()),
                ('engine', models.CharField(max_length=20)),
                ('model', models.CharField(max_length=60)),
                ('path', models.CharField(help_text='“de-en-nl”: by way of English', max_length=20)),
                ('state', models.CharField(choices=[('done', 'Translated'), ('partly', 'Translated in part'), ('kept', 'Left as it was')], max_length=6)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source_hash', 'source', 'target', 'fingerprint'), name='translation_text_once'), models.CheckConstraint(condition=models.Q(('state__in', ['done', 'partly', 'kept'])), name='translation_text_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.CharField(max_length=30)),
                ('thing', models.CharField(max_length=60)),
                ('target', models.CharField(max_length=5)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='translation.text')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'thing', 'target'), name='translation_use_once')],
            },
        ),
        migrations.AddField(
            model_name='Text',
            name='sentences',
            field=models.ManyToManyField(related_name='texts', to='translation.sentence'),
        ),
    ]
