"""What this app plugs into lower floors: its checks at the start."""

from django.core import checks

from dorfplatz.operations.checks import every_route_declares_its_access, the_database_engine_is_sound

checks.register(every_route_declares_its_access, checks.Tags.security)
checks.register(the_database_engine_is_sound, checks.Tags.compatibility)
