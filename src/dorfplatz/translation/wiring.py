"""What this app plugs into lower floors."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.data_map import Basis, Kept, tables

periodic.plug(
    "translation.sweep",
    Periodic("dorfplatz.translation.tasks.sweep", every=timedelta(days=1), offset=timedelta(hours=4)),
)

_what, _why = _("What was translated by machine"), _("So that neighbours read it in their own language.")
_until = _("As long as the text it was made from.")
for _name in ("translation.Text", "translation.Sentence"):
    tables.plug(_name, Kept(_what, _why, _until, Basis.MEMBERSHIP, ("words",)), rank=45)
