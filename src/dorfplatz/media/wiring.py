"""What this app plugs into lower floors."""

from datetime import timedelta

from dorfplatz.jobs.sockets import Periodic, periodic

periodic.plug(
    "media.sweep", Periodic("dorfplatz.media.tasks.sweep_files", every=timedelta(days=1), offset=timedelta(hours=2))
)
