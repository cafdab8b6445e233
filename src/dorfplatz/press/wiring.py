"""What press plugs into lower floors."""

from datetime import timedelta

from dorfplatz.jobs.sockets import Periodic, periodic

periodic.plug(
    "press.old",
    Periodic("dorfplatz.press.tasks.forget_old_printings", every=timedelta(days=1), offset=timedelta(hours=4)),
)
