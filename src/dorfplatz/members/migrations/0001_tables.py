import django.db.models.deletion
import django.db.models.functions.text
import dorfplatz.members.card_code
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as of the first tag; a home that had taken every step before it goes on from here."""

    replaces = [('members', '0001_initial'), ('members', '0002_initial'), ('members', '0003_sessions_and_attempts'), ('members', '0004_joining_cards'), ('members', '0005_leaving'), ('members', '0006_people_apart'), ('members', '0007_curbs'), ('members', '0008_trust'), ('members', '0009_profiles_and_mandates'), ('members', '0010_devices'), ('members', '0011_providers')]

    initial = True

    dependencies = [
        ('villages', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='AttemptCount',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('window', models.BigIntegerField(help_text='number of the window since 1970')),
                ('count', models.PositiveIntegerField()),
                ('before', models.PositiveIntegerField(default=0, help_text='count of the window before')),
                ('forget_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='JoiningRule',
            fields=[
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='villages.municipality')),
                ('by_mail', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Login',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('sessions_since', models.PositiveIntegerField(default=0, help_text='counted up, it ends every session begun before')),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='login_email_once')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('language', models.CharField(default='de', max_length=5)),
                ('introduction', models.JSONField(blank=True, default=dict)),
                ('is_blocked', models.BooleanField(default=False)),
                ('code', models.CharField(default=dorfplatz.members.card_code.new_code, editable=False, max_length=12, unique=True)),
                ('is_known', models.BooleanField(default=True, help_text='neighbours know this person')),
                ('no_writing_until', models.DateTimeField(blank=True, help_text='sets nothing out until then', null=True)),
                ('no_letters_until', models.DateTimeField(blank=True, help_text='writes no letters until then', null=True)),
                ('created_at', models.DateTimeField()),
                ('home_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.area')),
                ('login', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='identity', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'identities',
                'indexes': [models.Index(fields=['home_area', 'name', 'id'], name='identity_by_name')],
            },
        ),
        migrations.CreateModel(
            name='HomeBesides',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='homes_besides', to='members.identity')),
            ],
            options={
                'verbose_name_plural': 'homes besides',
                'constraints': [models.UniqueConstraint(fields=('identity', 'area'), name='at_home_besides_once')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.legaltext')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='members.identity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('identity', 'text'), name='consent_given_once')],
            },
        ),
        migrations.CreateModel(
            name='CardBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uses', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('asked_again_at', models.DateTimeField(blank=True, help_text='whom it let in is not known by it any more', null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
            options={
                'verbose_name_plural': 'card batches',
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='cards_work_for_a_while')],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail_hash', models.CharField(blank=True, max_length=64)),
                ('since', models.DateTimeField()),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.identity')),
                ('whom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('mail_hash', ''), _negated=True), fields=['mail_hash'], name='block_mail_hash')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('whom__isnull', False)), fields=('who', 'whom'), name='blocked_once'), models.CheckConstraint(condition=models.Q(('whom__isnull', True), models.Q(('whom', models.F('who')), _negated=True), _connector='OR'), name='nobody_blocks_herself'), models.CheckConstraint(condition=models.Q(('whom__isnull', False), models.Q(('mail_hash', ''), _negated=True), _connector='OR'), name='block_finds_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('editor', 'Editor'), ('connector', 'Buurtverbinder'), ('moderator', 'Moderator'), ('officer', 'Municipal officer'), ('admin', 'Municipality admin'), ('operator', 'Operator')], max_length=12)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['editor', 'connector', 'moderator', 'officer', 'admin', 'operator'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_used_or_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(choices=[('roles', 'the list of roles'), ('profile', 'your page'), ('members', 'the list of members')], max_length=10)),
                ('on', models.DateField(db_index=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='members.identity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('identity', 'by', 'page', 'on'), name='look_noted_once_a_day'), models.CheckConstraint(condition=models.Q(('page__in', ['roles', 'profile', 'members'])), name='look_page_known')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consent_by', models.CharField(choices=[('phone', 'by phone'), ('spoken', 'in person'), ('written', 'in writing')], max_length=8)),
                ('purpose', models.CharField(max_length=300)),
                ('given_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('helper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.identity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='members.identity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'helper'), name='mandate_given_once'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('given_at'))), name='mandate_lasts_a_while'), models.CheckConstraint(condition=models.Q(('consent_by__in', ['phone', 'spoken', 'written'])), name='mandate_consent_known'), models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='mandate_says_what_for'), models.CheckConstraint(condition=models.Q(('helper__isnull', True), models.Q(('helper', models.F('person')), _negated=True), _connector='OR'), name='nobody_helps_herself')],
            },
        ),
        migrations.CreateModel(
            name='OtherLogin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=200)),
                ('subject', models.CharField(max_length=255)),
                ('since', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('login', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_logins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='subject_is_one_login'), models.UniqueConstraint(fields=('login', 'issuer'), name='login_once_at_a_provider')],
            },
        ),
        migrations.CreateModel(
            name='ProfileLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('name', 'My name and my page'), ('about', 'A few words about me'), ('languages', 'Languages I speak'), ('does', 'What I do'), ('phone', 'Telephone'), ('email', 'E-mail address'), ('listed', 'On the list of neighbours')], max_length=10)),
                ('value', models.CharField(blank=True, max_length=600)),
                ('seen_by', models.CharField(choices=[('me', 'only me'), ('connectors', 'the Buurtverbinder'), ('villages', 'members of my villages'), ('members', 'all members'), ('public', 'everybody')], max_length=10)),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='members.identity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('identity', 'field'), name='profile_says_each_thing_once'), models.CheckConstraint(condition=models.Q(('field__in', ['name', 'about', 'languages', 'does', 'phone', 'email', 'listed'])), name='profile_field_known'), models.CheckConstraint(condition=models.Q(('seen_by__in', ['me', 'connectors', 'villages', 'members', 'public'])), name='profile_seen_by_known')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('editor', 'Editor'), ('connector', 'Buurtverbinder'), ('moderator', 'Moderator'), ('officer', 'Municipal officer'), ('admin', 'Municipality admin'), ('operator', 'Operator')], max_length=12)),
                ('starts_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.area')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='members.identity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('identity', 'role', 'area'), name='role_held_once'), models.CheckConstraint(condition=models.Q(('role__in', ['editor', 'connector', 'moderator', 'officer', 'admin', 'operator'])), name='role_known')],
            },
        ),
        migrations.CreateModel(
            name='Vouch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_as', models.CharField(choices=[('connector', 'Buurtverbinder'), ('neighbour', 'neighbour'), ('organization', 'organisation')], max_length=12)),
                ('backer', models.CharField(blank=True, max_length=200)),
                ('said_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='words_given', to='members.identity')),
                ('newcomer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='members.identity')),
            ],
            options={
                'verbose_name_plural': 'vouches',
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('newcomer', 'by'), name='word_given_once'), models.CheckConstraint(condition=models.Q(('given_as__in', ['connector', 'neighbour', 'organization'])), name='word_given_as_known'), models.CheckConstraint(condition=models.Q(('by__isnull', True), models.Q(('by', models.F('newcomer')), _negated=True), _connector='OR'), name='nobodys_own_word'), models.CheckConstraint(condition=models.Q(('given_as', 'organization'), ('backer', ''), _connector='XOR'), name='organizations_word_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('left', models.PositiveSmallIntegerField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='members.cardbatch')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('left__gte', 0)), name='card_not_used_too_often')],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64)),
                ('name', models.CharField(blank=True, help_text='browser and system, without versions', max_length=60)),
                ('network', models.CharField(blank=True, help_text='part of the IP address, for a week', max_length=45)),
                ('session_key', models.CharField(blank=True, db_index=True, max_length=40)),
                ('since', models.DateTimeField()),
                ('seen_on', models.DateField(db_index=True)),
                ('login', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('login', 'key_hash'), name='device_once_for_a_login')],
            },
        ),
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('identity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='joining', serialize=False, to='members.identity')),
                ('way', models.CharField(choices=[('card', 'with a card'), ('mail', 'with an e-mail address')], default='card', max_length=4)),
                ('is_minor', models.BooleanField()),
                ('guardian', models.CharField(blank=True, max_length=80)),
                ('joined_at', models.DateTimeField()),
                ('card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='joinings', to='members.card')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['card', 'mail'])), name='joining_way_known'), models.CheckConstraint(condition=models.Q(('is_minor', False), models.Q(('guardian', ''), _negated=True), _connector='OR'), name='minors_have_a_guardians_word'), models.CheckConstraint(condition=models.Q(('is_minor', True), ('guardian', ''), _connector='OR'), name='adults_have_their_own_word')],
            },
        ),
        migrations.CreateModel(
            name='Leaving',
            fields=[
                ('identity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='leaving', serialize=False, to='members.identity')),
                ('why', models.CharField(choices=[('asked', 'you asked for it'), ('inactive', 'you have not been here for long')], max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('asked_at'))), name='leaving_takes_a_while'), models.CheckConstraint(condition=models.Q(('why__in', ['asked', 'inactive'])), name='leaving_why_known')],
            },
        ),
    ]
