import dorfplatz.media.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=dorfplatz.media.models.new_token, max_length=22, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Being prepared'), ('ready', 'Ready'), ('refused', 'Refused')], default='waiting', max_length=8)),
                ('refusal', models.CharField(blank=True, choices=[('empty', 'The file is empty.'), ('too_heavy', 'The picture is larger than 15 MB. Please choose a smaller one.'), ('too_many_pixels', 'The picture has more than 50 million pixels. Please choose a smaller one.'), ('not_a_picture', 'This is not a picture we can show. JPEG, PNG, WebP, AVIF and GIF work.'), ('damaged', 'The picture is damaged and cannot be read. Please try another copy.'), ('too_much_work', 'This picture is too complicated for us. Please save it as JPEG and try again.')], max_length=20)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('alt', models.JSONField(default=dict)),
                ('credit', models.CharField(blank=True, max_length=200)),
                ('renditions', models.JSONField(default=list)),
                ('uploader_id', models.BigIntegerField(null=True)),
                ('uploaded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['uploader_id'], name='media_picture_uploader'), models.Index(fields=['state', 'uploaded_at'], name='media_picture_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(('height__gt', 0), ('width__gt', 0)), _connector='OR'), name='media_picture_ready_has_size'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('refusal', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('refusal', '')), _connector='OR'), name='media_picture_refused_for_a_reason')],
            },
        ),
    ]
