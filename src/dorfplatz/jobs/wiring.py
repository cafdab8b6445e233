"""What this app plugs into lower floors, and its own recurring job."""

from datetime import timedelta

from dorfplatz.jobs.sockets import Periodic, periodic

periodic.plug(
    "jobs.forget", Periodic("dorfplatz.jobs.tasks.forget_jobs", every=timedelta(days=1), offset=timedelta(hours=2))
)
