"""What this app plugs into lower floors."""

from datetime import timedelta

from dorfplatz.jobs.sockets import Periodic, periodic

periodic.plug(
    "mail.erase", Periodic("dorfplatz.mail.tasks.erase_old_mails", every=timedelta(days=1), offset=timedelta(hours=3))
)
