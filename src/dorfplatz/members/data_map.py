"""What the tables of members, and of the libraries below, keep of persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.data_map import Basis, Kept, tables

UNTIL_LEFT = _("Until 30 days after you have left.")


def plug_tables() -> None:
    tables.plug("members.Identity", Kept(
        _("Your name, home village and language"), _("So that neighbours know who is speaking."), UNTIL_LEFT,
        Basis.MEMBERSHIP, ("login", "name", "home_area", "language", "introduction", "is_blocked", "is_known",
         "code", "is_page_hidden", "no_writing_until", "no_letters_until", "created_at"),
        subject="pk", part="person", secret=("login",),
    ), rank=10)  # fmt: skip
    tables.plug("members.Login", Kept(
        _("Your e-mail address and password"),
        _("To let you in and to write to you. Of the password only a fingerprint is kept."), UNTIL_LEFT,
        Basis.MEMBERSHIP, ("email", "password", "last_login", "created_at"), subject="identity__pk", part="person",
        secret=("password",),
    ), rank=11)  # fmt: skip
    tables.plug("mfa.Authenticator", Kept(
        _("Second steps of logging in"), _("So that nobody else comes in with your password."),
        _("Until you remove them, at the latest 30 days after you have left."), Basis.MEMBERSHIP,
        ("user", "type", "data", "created_at", "last_used_at"), subject="user__identity__pk", part="factors",
        secret=("user", "data"),
    ), rank=16)  # fmt: skip
    tables.plug("members.Device", Kept(
        _("On which devices you log in"), _("So that you see it, and are told when it is a new one."),
        _("Half a year after you last used it; its network a week."), Basis.MEMBERSHIP,
        ("login", "key_hash", "name", "network", "session_key", "since", "seen_on"), subject="login__identity__pk",
        part="browsers", secret=("login", "key_hash", "session_key"),
    ), rank=17)  # fmt: skip
    tables.plug("members.OtherLogin", Kept(
        _("That you log in through another provider"), _("So that it is you whom that provider lets in."),
        _("Until you unlink it, at the latest 30 days after you have left."), Basis.CONSENT,
        ("login", "issuer", "subject", "since", "used_at"), subject="login__identity__pk", part="providers",
        secret=("login",),
    ), rank=18)  # fmt: skip
    tables.plug("members.Joining", Kept(
        _("How you joined, and who said yes for somebody under 16"), _("To be able to show that it was so."),
        UNTIL_LEFT, Basis.DUTY, ("identity", "card", "way", "is_minor", "guardian", "joined_at"), subject="identity_id",
        part="joining", secret=("identity", "card"),
    ), rank=12)  # fmt: skip
    tables.plug("members.Consent", Kept(
        _("What you agreed to"), _("To be able to show in which words you did."), UNTIL_LEFT, Basis.DUTY,
        ("identity", "text", "language", "given_at", "withdrawn_at"), subject="identity_id", part="consents",
        secret=("identity",),
    ), rank=13)  # fmt: skip
    tables.plug("members.RoleGrant", Kept(
        _("Your roles"), _("So that it is clear who may do what, and could."), UNTIL_LEFT, Basis.PUBLIC_TASK,
        ("identity", "role", "area", "starts_at", "ended_at"), subject="identity_id", part="roles",
        secret=("identity",),
    ), rank=14)  # fmt: skip
    tables.plug("members.Invitation", Kept(
        _("Invitations by e-mail"), _("So that the link works once, for the right person."),
        _("Half a year after it was used, withdrawn or ran out."), Basis.PUBLIC_TASK,
        ("email", "role", "area", "created_at", "used_at"), part="invitations",
    ), rank=20)  # fmt: skip
    tables.plug("members.CardBatch", Kept(
        _("Who made joining cards"), _("To be able to ask when cards go astray."), UNTIL_LEFT, Basis.PUBLIC_TASK,
        ("made_by",), subject="made_by_id", part="acts", secret=("made_by",),
    ), rank=21)  # fmt: skip
    tables.plug("members.Leaving", Kept(
        _("That you are about to leave"), _("So that you can change your mind."), _("30 days, then you are gone."),
        Basis.MEMBERSHIP, ("identity", "why", "asked_at", "due_at"), subject="identity_id", part="leaving",
        secret=("identity",),
    ), rank=22)  # fmt: skip
    tables.plug("members.Look", Kept(
        _("Who has looked at your data"), _("So that you can see it."), _("A year."), Basis.DUTY,
        ("identity", "by", "page", "on"), subject="identity_id", part="looks", secret=("identity",),
    ), rank=23)  # fmt: skip
    tables.plug("members.Block", Kept(
        _("Whom you have blocked"), _("So that neither of you sees the other, also when somebody comes back."),
        _("Until you take it back or have left. Of who was blocked and has left, a fingerprint of the e-mail address."),
        Basis.MEMBERSHIP, ("who", "whom", "mail_hash", "since"), subject="who_id", part="blocks",
        secret=("who", "mail_hash"),
    ), rank=24)  # fmt: skip
    tables.plug("members.AttemptCount", Kept(
        _("Counts of attempts to log in, and of pages read"),
        _("Against guessing. Kept as fingerprints, from which no address can be read."),
        _("At most two weeks."), Basis.PUBLIC_TASK, ("key",),
    ), rank=24)  # fmt: skip
    tables.plug("sessions.Session", Kept(
        _("That you are logged in"), _("So that you do not have to log in on every page."),
        _("30 days after you were last here."),
        Basis.MEMBERSHIP, ("session_key", "session_data", "expire_date"),
    ), rank=25)  # fmt: skip
    tables.plug("mail.Mail", Kept(
        _("Mails to you"), _("To deliver them, and to see whether they arrived."),
        _("Address and words: a week after sending."), Basis.MEMBERSHIP,
        ("to", "subject", "text", "html", "headers", "language", "posted_at", "sent_at"), part="mails",
        secret=("html", "headers", "language"),
    ), rank=60)  # fmt: skip
    tables.plug("media.Picture", Kept(
        _("Pictures, and who brought them"), _("To show them, with the name of whoever made them."),
        _("As long as they hang somewhere; without your name once you have left."), Basis.MEMBERSHIP,
        ("uploader_id", "alt", "credit", "uploaded_at"), subject="uploader_id", part="pictures",
        secret=("uploader_id",),
    ), rank=50)  # fmt: skip
    tables.plug("journal.Act", Kept(
        _("What was done when, in a journal"), _("So that nothing is done in secret. It knows numbers, no names."),
        _("For as long as the square exists. Once you have left, nobody can tell from the number who you were."),
        Basis.PUBLIC_TASK, ("actor_id", "thing", "verb", "at"), subject="actor_id", part="acts",
    ), rank=70)  # fmt: skip
    tables.plug("django_tasks_database.DBTaskResult", Kept(
        _("Work that waits"), _("To send mails and make pictures ready a moment later."), _("A week."),
        Basis.MEMBERSHIP, ("args_kwargs",),
    ), rank=71)  # fmt: skip
