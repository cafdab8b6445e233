from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Act',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('verb', models.CharField(max_length=60)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('system', models.CharField(blank=True, max_length=60)),
                ('thing', models.CharField(max_length=80)),
                ('area_id', models.BigIntegerField(null=True)),
                ('details', models.JSONField(default=dict)),
                ('seal', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ('number',),
                'indexes': [models.Index(fields=['thing', 'number'], name='journal_act_of_thing'), models.Index(fields=['actor_id', 'number'], name='journal_act_of_actor'), models.Index(fields=['area_id', 'number'], name='journal_act_in_area')],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='journal_act_numbers_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('verb', ''), _negated=True), models.Q(('thing', ''), _negated=True)), name='journal_act_has_verb_and_thing')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(default=0)),
                ('seal', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='journal_head_is_one_row')],
            },
        ),
    ]
