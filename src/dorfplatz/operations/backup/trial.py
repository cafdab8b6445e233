"""A backup restored on trial: the very command, into an empty home that is thrown away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem

COMMAND = "from dorfplatz.config.cli import main; main()"
TRIAL = ".trial-"


def restore_on_trial(path: Path) -> None:
    """Raises Problem with the command's own sentence when the backup cannot be restored, or does not come out equal.

    Always into SQLite and a folder, whatever the square itself uses, so that nothing of it can be touched.
    """
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DORFPLATZ_")}
    with TemporaryDirectory(prefix=TRIAL, dir=settings.HOME) as home:
        ended = subprocess.run(  # noqa: S603  our own command
            [sys.executable, "-c", COMMAND, "restore", str(path), "--quiet"],
            env={**kept, "DORFPLATZ_HOME": home},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or [_("no reason was given")])[-1]
        raise Problem(_("The backup %(file)s cannot be restored: %(why)s") % {"file": path.name, "why": last})
