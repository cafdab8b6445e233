"""A closer look than the probes take, for the person who looks after the installation: what works and what does not."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorfplatz.jobs.queries import worker_state
from dorfplatz.mail.carrier import CarrierAway
from dorfplatz.mail.inbound.imap import look_in
from dorfplatz.mail.queries import outbox_state
from dorfplatz.operations.backup.files import is_local
from dorfplatz.operations.models import Backup
from dorfplatz.operations.queries import BackupState, backup_state
from dorfplatz.operations.readiness import Finding, findings
from dorfplatz.translation.engines.choosing import the_engine

# Less than this, and the next backup or a few pictures may fill the disk.
LEAST_FREE_SHARE = 0.1
LONGEST_WITHOUT_BACKUP = timedelta(hours=26)
LONGEST_WITHOUT_TRIAL = timedelta(days=8)
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_MAIL_WAIT = timedelta(hours=1)
LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1"}


def examine(now: datetime) -> Iterator[Finding]:
    """Configuration, storage, database, tables, worker, mail, translation; without a database what needs none."""
    yield from _configuration()
    yield _encryption(settings.INSTALLATION_HOSTS, https=settings.ENV.https)
    yield from _storage(Path(settings.HOME))
    yield from _disk_of_backups(Path(settings.HOME), Path(settings.BACKUPS))
    if not is_local():
        yield _object_storage()
    probed = findings(now)
    yield from probed
    if all(finding.well for finding in probed if finding.subject in {"database", "tables"}):
        yield _writing()
        yield from _work(now)
        yield _mail(now)
        yield from _answers_by_mail()
        yield from _backups(now)
    yield _translation()


def _configuration() -> Iterator[Finding]:
    found = checks.run_checks()
    yield from (Finding("configuration", False, f"{problem.msg} {problem.hint or ''}".strip()) for problem in found)
    if not found:
        yield Finding("configuration", True, _("The settings fit together."))


def _encryption(hosts: tuple[str, ...], *, https: bool) -> Finding:
    public = [host for host in hosts if host not in LOCAL]
    if https:
        return Finding("encryption", True, _("Visitors come by HTTPS."))
    if public:
        says = _("Visitors of %(host)s come without encryption; set DORFPLATZ_HTTPS when a proxy adds it.")
        return Finding("encryption", False, says % {"host": public[0]})
    return Finding("encryption", True, _("Only this machine is served, without encryption."))


def _storage(home: Path) -> Iterator[Finding]:
    if not os.access(home, os.W_OK | os.X_OK):
        yield Finding("storage", False, _("The folder %(home)s cannot be written to.") % {"home": home})
        return
    yield _room(home)
    key = home / "secret-key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Finding("storage", False, _("Others on this machine can read the secret key %(file)s.") % {"file": key})


def _disk_of_backups(home: Path, backups: Path) -> Iterator[Finding]:
    """Where the backups lie on a disk of their own, that one is looked at, too."""
    if backups.is_dir() and backups.stat().st_dev != home.stat().st_dev:
        yield _room(backups)


def _room(folder: Path) -> Finding:
    usage = shutil.disk_usage(folder)
    values = {"home": folder, "free": filesizeformat(usage.free)}
    if usage.free < usage.total * LEAST_FREE_SHARE:
        return Finding("storage", False, _("The disk under %(home)s is almost full: %(free)s are left.") % values)
    return Finding("storage", True, _("The disk under %(home)s has room: %(free)s.") % values)


def _writing() -> Finding:
    """Asks the database to change nothing, which one that may only be read, or whose disk is gone, refuses."""
    try:
        with transaction.atomic():
            Backup.objects.filter(pk=0).update(size=0)
    except DatabaseError:
        return Finding("database", False, _("The database can be read, but nothing can be written to it."))
    return Finding("database", True, _("The database can be written to."))


def _object_storage() -> Finding:
    try:
        default_storage.exists("pictures/probe")
    except Exception:  # each library has its own
        return Finding("storage", False, _("The object storage does not answer; pictures are neither shown nor taken."))
    return Finding("storage", True, _("The object storage answers."))


def _work(now: datetime) -> Iterator[Finding]:
    state = worker_state(now)
    if state.oldest_waiting > LONGEST_WAIT:
        minutes = int(state.oldest_waiting.total_seconds() // 60)
        says = ngettext(
            "Work has been waiting for %(count)d minute.", "Work has been waiting for %(count)d minutes.", minutes
        )
        yield Finding("work", False, says % {"count": minutes})
    if state.parked_count:
        says = ngettext(
            "%(count)d job failed too often and waits for a decision, in the settings.",
            "%(count)d jobs failed too often and wait for a decision, in the settings.",
            state.parked_count,
        )
        yield Finding("work", False, says % {"count": state.parked_count})
    elif state.oldest_waiting <= LONGEST_WAIT:
        yield Finding("work", True, _("No work is left undone."))


def _mail(now: datetime) -> Finding:
    state = outbox_state(now)
    if not settings.MAIL_URL:
        return Finding("mail", True, _("No mail server is set; mails are kept as files."))
    if state.oldest_waiting > LONGEST_MAIL_WAIT:
        return Finding("mail", False, _("Mails have been waiting for more than an hour; is the mail server well?"))
    if state.refused_count:
        says = ngettext(
            "The mail server refused %(count)d mail in the last week.",
            "The mail server refused %(count)d mails in the last week.",
            state.refused_count,
        )
        return Finding("mail", False, says % {"count": state.refused_count})
    return Finding("mail", True, _("Mail is on its way."))


def _answers_by_mail() -> Iterator[Finding]:
    """Nothing where members cannot answer by mail."""
    if not settings.REPLY_ADDRESS:
        return
    if not settings.IMAP_URL:
        yield Finding("mail", True, _("Answers by mail are taken by “dorfplatz lmtp”."))
        return
    try:
        look_in(settings.IMAP_URL)
    except CarrierAway:
        says = _("The mailbox for answers by mail cannot be opened; is its address right, and the password?")
        yield Finding("mail", False, says)
    else:
        yield Finding("mail", True, _("The mailbox for answers by mail is open."))


def _translation() -> Finding:
    standing = the_engine().standing()
    return Finding("translation", standing.is_well, standing.says)


def _backups(now: datetime) -> Iterator[Finding]:
    state = backup_state(now)
    yield _last_backup(state, now)
    if state.made_at:
        yield _last_trial(state, now)


def _last_backup(state: BackupState, now: datetime) -> Finding:
    if now - (state.made_at or state.since) > LONGEST_WITHOUT_BACKUP:
        if state.made_at:
            says = _("The last backup is from %(when)s.") % {"when": _moment(state.made_at)}
        else:
            says = _("There is no backup yet.")
        return Finding("backup", False, says)
    if not state.made_at:
        return Finding("backup", True, _("The square is new; its first backup is made at night."))
    return Finding("backup", True, _("The last backup was made on %(when)s.") % {"when": _moment(state.made_at)})


def _last_trial(state: BackupState, now: datetime) -> Finding:
    if now - (state.verified_at or state.since) > LONGEST_WITHOUT_TRIAL:
        return Finding("backup", False, _("For more than a week no backup has been restored on trial."))
    if not state.verified_at:
        return Finding("backup", True, _("A backup is restored on trial every week; the first time is still to come."))
    says = _("A backup was restored on trial on %(when)s and came out equal.")
    return Finding("backup", True, says % {"when": _moment(state.verified_at)})


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")
