from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_newcomers'),
    ]

    operations = [
        migrations.AddField(
            model_name='identity',
            name='is_page_hidden',
            field=models.BooleanField(default=False, help_text='what she says of herself is seen by nobody near'),
        ),
    ]
