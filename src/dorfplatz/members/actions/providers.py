"""Another provider's login as a way in: linked, used, taken away."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity, Login, OtherLogin
from dorfplatz.members.policies import can_change_identity


@transaction.atomic
def link_provider(identity: Identity, *, issuer: str, subject: str, by: Actor, now: datetime) -> OtherLogin:
    """From now on this person comes in through the provider too. Raises Problem where either has another partner."""
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    present = OtherLogin.objects.filter(login=login, issuer=issuer, subject=subject).first()
    if present:
        return present
    try:
        with transaction.atomic():
            link = OtherLogin.objects.create(login=login, issuer=issuer, subject=subject, since=now)
    except IntegrityError as error:
        raise Problem(_("This account is linked with somebody else here, or you with another one.")) from error
    record_act("login.provider_linked", by=by, now=now, thing=f"login:{login.pk}")
    return link


@transaction.atomic
def enter_by_provider(*, issuer: str, subject: str, by: Actor, now: datetime) -> Login:
    """Whom the provider's word lets in. Raises Problem for somebody not known here: one joins with a card first."""
    del by  # the provider's word is the permission
    link = OtherLogin.objects.select_related("login").filter(issuer=issuer, subject=subject).first()
    if link is None:
        raise Problem(
            _("This account is not known here yet. Join with a card first, or log in and link it on your page.")
        )
    if not link.login.is_active or Identity.objects.filter(login=link.login, is_blocked=False).count() != 1:
        raise Problem(
            _("This account is blocked. Please talk to the connectors of your village or to the municipality.")
        )
    OtherLogin.objects.filter(pk=link.pk).update(used_at=now)
    return link.login


@transaction.atomic
def unlink_provider(identity: Identity, *, issuer: str, by: Actor, now: datetime) -> bool:
    """Take this way in away; whether there was one. The password stays."""
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    if not OtherLogin.objects.filter(login=login, issuer=issuer).delete()[0]:
        return False
    record_act("login.provider_unlinked", by=by, now=now, thing=f"login:{login.pk}")
    return True
