from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0002_subscriptions'),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='etag',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='source',
            name='modified',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
    ]
