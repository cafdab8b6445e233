from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('asked', 'asked for'), ('nightly', 'nightly')], max_length=8)),
                ('made_at', models.DateTimeField()),
                ('file', models.CharField(blank=True, max_length=500)),
                ('size', models.PositiveBigIntegerField()),
                ('rows', models.PositiveBigIntegerField()),
                ('verified_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['made_at'], name='operations_backup_made_at')],
            },
        ),
    ]
