import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as of the first tag; a home that had taken every step before it goes on from here."""

    replaces = [('villages', '0001_initial'), ('villages', '0002_versions'), ('villages', '0003_outside_tint'), ('villages', '0004_edition'), ('villages', '0005_legal_text'), ('villages', '0006_home_sections')]

    initial = True

    dependencies = [
        ('media', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('region', 'Region'), ('municipality', 'Municipality'), ('village', 'Village')], max_length=12)),
                ('path', models.CharField(max_length=120, null=True, unique=True)),
                ('slug', models.SlugField(max_length=60)),
                ('name', models.JSONField(help_text='by language; “und” for all')),
                ('country', models.CharField(max_length=2)),
                ('lat', models.FloatField(null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)])),
                ('lon', models.FloatField(null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)])),
                ('inhabitants', models.PositiveIntegerField(blank=True, null=True)),
                ('outline', models.JSONField(blank=True, help_text='GeoJSON geometry', null=True)),
                ('outline_origin', models.CharField(choices=[('none', 'no outline'), ('given', 'given'), ('computed', 'computed, approximate')], default='none', max_length=8)),
                ('intro', models.JSONField(blank=True, default=dict, help_text='a few sentences, by language')),
                ('tint', models.PositiveSmallIntegerField(default=1)),
                ('version', models.PositiveIntegerField(default=0, help_text='counts changes; a form opened before one is stale')),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='villages.area')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='media.picture')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('parent', 'slug'), name='area_slug_unique_below_parent'), models.UniqueConstraint(condition=models.Q(('parent__isnull', True)), fields=('slug',), name='area_slug_unique_at_the_top'), models.CheckConstraint(condition=models.Q(('kind__in', ['region', 'municipality', 'village'])), name='area_kind_known'), models.CheckConstraint(condition=models.Q(('tint__range', (0, 9))), name='area_tint_known'), models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__range', (-90, 90)), ('lon__range', (-180, 180))), _connector='OR'), name='area_centre_on_earth')],
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('area', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='municipality', serialize=False, to='villages.area')),
                ('is_served', models.BooleanField(default=True)),
                ('is_demonstration', models.BooleanField(default=False)),
                ('official_key', models.CharField(blank=True, max_length=20)),
                ('languages', models.JSONField(default=list)),
                ('timezone', models.CharField(default='Europe/Berlin', max_length=40)),
                ('ring', models.JSONField(blank=True, help_text='[lon, lat] pairs of the rough outline', null=True)),
                ('accent', models.CharField(default='#A63D2F', max_length=7)),
                ('motto', models.JSONField(blank=True, default=dict)),
                ('rooms_off', models.JSONField(blank=True, default=list)),
                ('home_order', models.JSONField(blank=True, default=list, help_text="keys of the home pages' sections, as arranged")),
                ('home_off', models.JSONField(blank=True, default=list, help_text='keys of sections that are not shown')),
            ],
            options={
                'verbose_name_plural': 'municipalities',
            },
        ),
        migrations.CreateModel(
            name='AreaLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='villages.area')),
                ('neighbour', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('area', 'neighbour'), name='area_link_once'), models.CheckConstraint(condition=models.Q(('area', models.F('neighbour')), _negated=True), name='area_not_its_own_neighbour')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='edition', serialize=False, to='villages.municipality')),
                ('number', models.PositiveBigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='LegalText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rules', 'House rules'), ('privacy', 'Privacy'), ('imprint', 'Imprint'), ('accessibility', 'Accessibility')], max_length=15)),
                ('version', models.PositiveIntegerField()),
                ('title', models.JSONField(default=dict)),
                ('body', models.JSONField(default=dict)),
                ('published_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_texts', to='villages.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'kind', 'version'), name='legal_text_version_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['rules', 'privacy', 'imprint', 'accessibility'])), name='legal_text_kind_known'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='legal_text_versions_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=253)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='villages.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='host_leads_to_one_municipality')],
            },
        ),
        migrations.CreateModel(
            name='FreePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('about', 'About us'), ('association', 'Association'), ('funders', 'Funders'), ('free', 'Page of our own')], default='free', max_length=12)),
                ('slug', models.SlugField(max_length=60)),
                ('title', models.JSONField(default=dict)),
                ('body', models.JSONField(default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_published', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=0, help_text='counts changes; a form opened before one is stale')),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='villages.municipality')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'slug'), name='page_slug_once_per_municipality'), models.UniqueConstraint(condition=models.Q(('kind', 'free'), _negated=True), fields=('municipality', 'kind'), name='page_of_a_kind_once')],
            },
        ),
    ]
