import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as of the first tag; a home that had taken every step before it goes on from here."""

    replaces = [('places', '0001_initial'), ('places', '0002_initial'), ('places', '0003_sent_forms')]

    initial = True

    dependencies = [
        ('entries', '0001_tables'),
        ('media', '0001_initial'),
        ('members', '0001_tables'),
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('name', models.JSONField()),
                ('osm_tags', models.JSONField(blank=True, default=list)),
                ('icon', models.CharField(max_length=40)),
                ('shape', models.CharField(help_text='a pin’s shape, of ui.pins', max_length=10)),
                ('colour', models.CharField(help_text='a colour token of the look', max_length=20)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.municipality')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.category')),
            ],
            options={
                'verbose_name_plural': 'categories',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('municipality__isnull', True)), fields=('slug',), name='category_standard_slug_once'), models.UniqueConstraint(fields=('municipality', 'slug'), name='category_own_slug_once'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='category_not_its_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='CategoryChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.JSONField(blank=True, default=dict)),
                ('osm_tags', models.JSONField(blank=True, null=True)),
                ('is_hidden', models.BooleanField(default=False)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='places.category')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('category', 'municipality'), name='category_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='listing', serialize=False, to='entries.entry')),
                ('offered_by', models.CharField(blank=True, choices=[('neighbour', 'Neighbours'), ('volunteer', 'Volunteers'), ('professional', 'Professionals'), ('business', 'Business'), ('municipality', 'Municipality')], max_length=12)),
                ('status', models.CharField(choices=[('active', 'active'), ('paused', 'paused for now'), ('closed', 'closed for good')], default='active', max_length=8)),
                ('is_free', models.BooleanField(blank=True, null=True)),
                ('cost_note', models.JSONField(blank=True, default=dict)),
                ('step_free', models.CharField(choices=[('unknown', 'not known'), ('yes', 'step-free'), ('limited', 'step-free in part'), ('no', 'not step-free')], default='unknown', max_length=8)),
                ('access_note', models.JSONField(blank=True, default=dict)),
                ('generations', models.PositiveSmallIntegerField(default=0)),
                ('minimum_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('maximum_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('spoken_languages', models.JSONField(blank=True, default=list)),
                ('opening_hours', models.CharField(blank=True, max_length=500)),
                ('hours_note', models.JSONField(blank=True, default=dict)),
                ('alert', models.JSONField(blank=True, default=dict)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('website', models.URLField(blank=True, max_length=500)),
                ('street', models.CharField(blank=True, max_length=120)),
                ('postcode', models.CharField(blank=True, max_length=12)),
                ('town', models.CharField(blank=True, max_length=80)),
                ('assured_on', models.DateField(blank=True, help_text='HSDS assured_date: last confirmed', null=True)),
                ('assured_by', models.CharField(blank=True, help_text='role of who confirmed, or the source', max_length=20)),
                ('missing_since', models.DateTimeField(blank=True, help_text='vanished from its source', null=True)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.category')),
                ('shown_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='parts', to='places.listing')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('shown_with', models.F('entry')), _negated=True), name='listing_not_shown_with_itself'), models.CheckConstraint(condition=models.Q(('minimum_age__isnull', True), ('maximum_age__isnull', True), ('minimum_age__lte', models.F('maximum_age')), _connector='OR'), name='listing_ages_in_order'), models.CheckConstraint(condition=models.Q(('generations__lt', 32)), name='listing_generations_known'), models.CheckConstraint(condition=models.Q(('step_free__in', ['unknown', 'yes', 'limited', 'no'])), name='listing_step_free_known'), models.CheckConstraint(condition=models.Q(('status__in', ['active', 'paused', 'closed'])), name='listing_status_known')],
            },
        ),
        migrations.CreateModel(
            name='Keeper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.identity')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keepers', to='places.listing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('listing', 'identity'), name='keeper_once')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('said_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('declined', 'left as it is')], default='open', max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('form_key', models.CharField(help_text='idempotency key of the form', max_length=40, unique=True)),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='places.listing')),
            ],
        ),
        migrations.CreateModel(
            name='ListingCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.category')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.listing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('listing', 'category'), name='listing_in_category_once')],
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='organization', serialize=False, to='entries.entry')),
                ('legal_status', models.CharField(blank=True, max_length=80)),
                ('founded_in', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='places.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Location',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='location', serialize=False, to='entries.entry')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True)),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locations', to='places.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='places.listing')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='media.picture')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('listing', 'picture'), name='photo_once')],
            },
        ),
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('sent_at', models.DateTimeField()),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.listing')),
            ],
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='service', serialize=False, to='entries.entry')),
                ('how_to_apply', models.JSONField(blank=True, default=dict)),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='services', to='places.organization')),
            ],
        ),
        migrations.AddField(
            model_name='Listing',
            name='service_area',
            field=models.ManyToManyField(blank=True, related_name='+', to='villages.area'),
        ),
        migrations.AddField(
            model_name='Listing',
            name='categories',
            field=models.ManyToManyField(related_name='+', through='places.ListingCategory', to='places.category'),
        ),
        migrations.AddField(
            model_name='Service',
            name='locations',
            field=models.ManyToManyField(blank=True, related_name='services', to='places.location'),
        ),
    ]
