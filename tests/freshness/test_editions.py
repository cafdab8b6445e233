"""Whatever an action changes of a municipality's public pages raises its edition, in the same transaction.

Every action of the product stands here: with a way to do it, or with the reason why readers see nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dorfplatz.basemap import actions as basemap
from dorfplatz.basemap.making import Made
from dorfplatz.basemap.queries import maps_folder
from dorfplatz.comments import actions as comments
from dorfplatz.entries import actions as entries
from dorfplatz.entries.models import Entry
from dorfplatz.events import actions as events
from dorfplatz.events.enums import Change
from dorfplatz.events.series import Single
from dorfplatz.events.tests.factories import TODAY, event, event_draft
from dorfplatz.exchange import actions as exchange
from dorfplatz.exchange.models import Answer
from dorfplatz.exchange.post import renewal_token
from dorfplatz.exchange.tests.factories import draft as exchange_draft
from dorfplatz.exchange.tests.factories import exchange as ask_of
from dorfplatz.imports.actions import import_things
from dorfplatz.imports.tests.test_intake import OSM
from dorfplatz.imports.tests.test_intake import draft as source_draft
from dorfplatz.journal.actions import record_act, record_acts, touch_things
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.languages import actions as languages
from dorfplatz.media import actions as media
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.members import actions as members
from dorfplatz.members.actions import standing
from dorfplatz.members.enums import Role, SeenBy
from dorfplatz.members.models import RoleGrant
from dorfplatz.members.queries import agreed_wordings
from dorfplatz.noticeboard import actions as papers
from dorfplatz.places import actions as places
from dorfplatz.places.actions import PlaceDraft
from dorfplatz.places.drafts import KindFacts, ListingFacts
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Category
from dorfplatz.places.tests.factories import category, place
from dorfplatz.screens import actions as screens
from dorfplatz.square import actions as posts
from dorfplatz.square.enums import Sort
from dorfplatz.square.tests.factories import post
from dorfplatz.villages import actions as villages
from dorfplatz.villages.description import ForeignArea, Point, parse_description
from dorfplatz.villages.enums import LegalKind, PageKind, Stage
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.models import Area, AreaLink, Edition, Municipality
from dorfplatz.villages.queries import edition_of, editions
from dorfplatz.wishes import actions as wishes
from dorfplatz.wishes.actions.answer import Answer as WishAnswer
from dorfplatz.wishes.drafts import ChartDraft, Row
from dorfplatz.wishes.enums import Mood, Status
from dorfplatz.wishes.tests.factories import wish as wish_of
from dorfplatz.wishes.tests.factories import wish_draft
from tests.architecture.rules import code
from tests.architecture.test_house import storey
from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW
from tests.fixtures.people import actor

BY = {"by": INSTALLER, "now": NOW}
UNSEEN = {
    "channels.actions.notes.tell_people": "for whom it is meant",
    "channels.actions.notes.tell_watchers": "for whom it is meant",
    "channels.actions.notes.tell_translators": "for whom it is meant",
    "channels.actions.notes.tell_of_outside_translation": "for whom it is meant",
    **{
        f"intake.actions.{name}": "for connectors"
        for name in ("note_told", "note_all_told", "take_back_told", "forget_told")
    },
    "exchange.actions.passing_on.pass_on_exchanges": "touched by the spine, with the mandate",
    "wishes.actions.passing_on.pass_on_wishes": "touched by the spine, with the mandate",
    "desk.actions.put_off_item": "for connectors",
    "desk.actions.hand_on_item": "for connectors",
    "desk.actions.write_note": "for connectors",
    "desk.actions.remove_note": "for connectors",
    "desk.actions.note_visits": "for connectors",
    "desk.actions.take_back_visit": "for connectors",
    "desk.actions.count_desk": "for connectors",
    "desk.actions.do_item": "what it does is an action of the rooms",
    "desk.actions.forget_old": "for connectors",
    "desk.actions.count_freshness": "for connectors",
    **dict.fromkeys(
        (
            f"gifts.actions.{name}"
            for name in (
                "add_gifts",
                "add_told_gifts",
                "change_gift",
                "take_back_gift",
                "take_back_all",
                "record_conversation",
                "change_conversation",
                "withdraw_consent",
                "erase_ended",
            )
        ),
        "for members; no page that is kept shows any",
    ),
    **dict.fromkeys(
        (
            f"matching.actions.{name}"
            for name in (
                "introduce.propose_introduction",
                "introduce.pass_suggestion",
                "introduce.answer_question",
                "introduce.call_off_introduction",
                "introduce.say_outcome",
                "introduce.say_thanks",
                "introduce.end_it",
                "clocks.end_waiting",
                "clocks.erase_long_over",
                "clocks.withdraw_people",
                "standing.count_standing",
            )
        ),
        "for connectors and for those who are asked",
    ),
    **dict.fromkeys(
        (
            f"launch.actions.{name}"
            for name in ("want_neighbours", "add_own_point", "tick_own_point", "remove_own_point", "change_measures")
        ),
        "for those who prepare a village; its page that says “soon” is not kept",
    ),
    "launch.actions.tell_when_full": "mail",
    "places.actions.freshness.ask_keepers": "mail",
    "places.actions.freshness.answer_by_link": "what it does is an action of its own",
    "places.actions.freshness.enter_calls": "what it does are actions of their own",
    "languages.actions.add_local_word": "what is translated anew counts",
    "languages.actions.change_local_word": "what is translated anew counts",
    "languages.actions.remove_local_word": "what is translated anew counts",
    "channels.actions.notes.carry_note": "mail",
    "channels.actions.notes.read_note": "for whom it is meant",
    "channels.actions.notes.read_notes": "for whom it is meant",
    "channels.actions.notes.read_told": "for whom it is meant",
    "channels.actions.notes.forget_old_notes": "for whom it was meant",
    "channels.actions.letters.begin_letters": "mail",
    "channels.actions.letters.write_letters": "mail",
    "channels.actions.pushes.subscribe_device": "for whom it is about",
    "channels.actions.pushes.unsubscribe_device": "for whom it is about",
    "channels.actions.pushes.push_note": "for whom it is meant",
    "channels.actions.wishes.change_preferences": "for whom it is about",
    "channels.actions.wishes.stop_channel": "for whom it is about",
    "channels.actions.wishes.add_watch": "for whom it is about",
    "channels.actions.wishes.remove_watch": "for whom it is about",
    "events.actions.expansion.expand": "a part of actions that count",
    "events.actions.expansion.expand_due_events": "dates a year and a half ahead; lists are made anew every hour",
    "events.actions.coming.forget_old_comings": "of dates that are over",
    "events.actions.telling.tell_of": "mail",
    "events.actions.telling.forget_lost": "a part of change_event",
    "events.actions.write.hours_of": "writes nothing",
    "exchange.actions.answers.give_answer": "between two people",
    "exchange.actions.clocks.tell_unanswered": "for those who look after asks",
    "exchange.actions.clocks.ask_about_renewals": "mail",
    "imports.actions.dates.import_dates": "what is seen of it goes through the calendar’s actions, which count",
    "imports.actions.news.import_news": "what is seen of it goes through the square’s actions, which count",
    "imports.actions.subscribing.add_subscription": "for those who import",
    "imports.actions.subscribing.change_subscription": "counts for what comes later",
    "imports.actions.subscribing.ask_to_read": "for those who import",
    "imports.actions.subscribing.end_subscription": "the action of entries that removes the rest counts",
    "entries.actions.write.create_entries": "drafts, until they are published",
    "entries.actions.withhold.erase_removed_entries": "seen by nobody since they were removed",
    "entries.actions.later.schedule_entry": "a draft, until its moment",
    "entries.actions.later.note_sent_form": "a key",
    "entries.actions.pictures.choose_picture": "hangs nowhere yet",
    "entries.actions.pictures.require_room": "writes nothing",
    "entries.actions.pictures.take_chosen": "hung nowhere",
    "wishes.actions.charts.erase_old_photos": "for connectors",
    "entries.actions.pictures.forget_chosen": "hung nowhere",
    "imports.actions.readings.open_reading": "for those who import",
    "imports.actions.readings.close_reading": "for those who import",
    "imports.actions.carrying.add_new": "a part of import_things",
    "imports.actions.carrying.follow_source": "a part of import_things",
    "imports.actions.carrying.mark_returned": "a part of import_things",
    "imports.actions.carrying.mark_vanished": "a part of import_things",
    "imports.actions.carrying.confirm_by_source": "a part of import_things",
    "jobs.actions.release_job": "for operators",
    "jobs.actions.drop_job": "for operators",
    "jobs.actions.forget_jobs": "for operators",
    "letters.actions.write_letter": "between two people",
    "letters.actions.write_to_desk": "between two sides",
    "letters.actions.answer_letter": "between two people",
    "letters.actions.take_back_enclosures": "between two people",
    "letters.actions.choose_mail": "for whom it is about",
    "letters.actions.read_thread": "for whom it is about",
    "letters.actions.throw_away_thread": "for whom it is about",
    "letters.actions.erase_unread_by_all": "between two people",
    "letters.actions.withhold_letter": "between two people",
    "letters.actions.remove_letter": "between two people",
    "mail.actions.post_mail": "mail",
    "mail.actions.post_probe": "mail",
    "mail.actions.post_mails": "mail",
    "mail.actions.deliver_mail": "mail",
    "mail.actions.erase_mails": "mail",
    "mail.actions.erase_mails_to": "mail",
    "mail.actions.erase_old_mails": "mail",
    "translation.actions.make_text": "a part of keep_translation",
    "translation.actions.use_texts": "a part of keep_translation",
    "translation.actions.let_go": "a part of erase_entries",
    "translation.actions.sweep_translations": "shown nowhere",
    "media.actions.accept_upload": "hangs nowhere yet",
    "media.actions.erase_files": "files of a picture that is gone",
    "media.actions.sweep_files": "files of pictures that are gone",
    **dict.fromkeys(
        (
            f"members.actions.factors.{name}"
            for name in (
                "set_up_app",
                "renew_spare_codes",
                "use_code",
                "remove_factor",
                "add_passkey",
                "use_passkey",
                "forget_factors",
            )
        ),
        "a login",
    ),
    **dict.fromkeys(
        (
            f"members.actions.devices.{name}"
            for name in ("note_device", "touch_device", "sign_out_device", "forget_devices")
        ),
        "a login",
    ),
    **dict.fromkeys(
        (f"members.actions.providers.{name}" for name in ("link_provider", "enter_by_provider", "unlink_provider")),
        "a login",
    ),
    "members.actions.invitations.create_invitation": "for whom it is meant",
    "members.actions.invitations.withdraw_invitation": "for whom it is meant",
    "members.actions.invitations.invite_to_errand": "for whom it is meant",
    "places.actions.claims.begin_keeping": "a part of name_keeper",
    "places.actions.claims.claim_place": "for those who decide",
    "places.actions.claims.forget_old_claims": "for whom it was about",
    "places.actions.claims.tell_of_waiting_claims": "for those who decide",
    "places.actions.claims.withdraw_claim": "for those who decide",
    "places.actions.claims.decide_claim": "what is seen of it is who keeps the entry, which is counted",
    "places.actions.handing_over.hand_over_place": "for whom it is meant",
    "places.actions.handing_over.take_back_hand_over": "for whom it is meant",
    "places.actions.handing_over.take_over_place": "what is seen of it is who keeps the entry, which is counted",
    "members.actions.people.create_identity": "whose face is shown nowhere yet",
    "members.actions.people.checked_name": "writes nothing",
    "members.actions.bundles.change_bundle": "what somebody may do; visitors have no role",
    "members.actions.blocks.block_member": "between two people",
    "members.actions.blocks.unblock_member": "between two people",
    "members.actions.blocks.find_again": "between two people",
    "members.actions.cards.agree": "for whom it is about",
    "members.actions.cards.checked_guardian": "writes nothing",
    "members.actions.newcomers.email_of_token": "writes nothing",
    "members.actions.newcomers.joining_token": "writes nothing",
    "members.actions.profiles.change_profile": "a member’s page is not kept",
    "members.actions.mandates.take_in_person": "whose face is shown nowhere yet",
    "members.actions.mandates.give_mandate": "for those who help",
    "members.actions.mandates.end_mandate": "for those who help",
    "members.actions.mandates.hand_over_mandate": "what is seen of it is touched by the spine",
    "members.actions.mandates.erase_forgotten": "what is seen of it is counted by erasing",
    "members.actions.handing_over.hand_over_role": "gives and ends a role, which are counted",
    "members.actions.trust.vouch_for": "a member’s page is not kept",
    "members.actions.trust.withdraw_word": "a member’s page is not kept",
    "members.actions.trust.settle_trust": "a member’s page is not kept",
    "members.actions.trust.ask_again": "paper",
    "members.actions.trust.allow_joining_by_mail": "the pages of joining are not kept",
    "members.actions.newcomers.change_homes": "for whom it is about",
    "members.actions.newcomers.join_by_mail": "whose face is shown nowhere yet",
    "members.actions.newcomers.send_joining_link": "mail",
    "members.actions.cards.locked_card": "writes nothing",
    "members.actions.second_homes.settle_with_card": "for whom it is about",
    "members.actions.coming_of_age.come_of_age": "for whom it is about",
    "members.actions.cards.make_cards": "paper",
    "members.actions.cards.withdraw_cards": "paper",
    "members.actions.cards.join_with_card": "whose face is shown nowhere yet; what it writes down says what was said",
    "members.actions.leaving.ask_to_leave": "what is seen of it is the end of roles, which is counted",
    "members.actions.leaving.call_inactive": "mail",
    "members.actions.leaving.erase_identity": "what is seen of it are roles and entries, whose end is counted",
    "members.actions.leaving.forget_sessions": "seen by nobody",
    "members.actions.leaving.forget_traces": "seen by nobody",
    "members.actions.leaving.forgive_returned": "seen by nobody",
    "members.actions.leaving.note_looks": "for whom it is about",
    "members.actions.leaving.withdraw_leaving": "for whom it is about",
    "members.actions.leaving.take_out": "for whom it is about",
    "members.actions.people.require_good_password": "writes nothing",
    "members.actions.passwords.send_reset_link": "mail",
    "members.actions.mailed_codes.send_login_code": "mail",
    "members.actions.decoys.note_decoy": "mail",
    "members.actions.guessing.note_guessing": "mail",
    "members.actions.mailed_codes.tell_of_second_step": "mail",
    "members.actions.passwords.set_new_password": "a login",
    "members.actions.passwords.change_password": "a login",
    "members.actions.passwords.sign_out_everywhere": "a login",
    "members.actions.standing.curb_identity": "what she may write from now on",
    "moderation.actions.appeals.answer_request": "for those who decide",
    "moderation.actions.appeals.appeal_of_reporter": "for those who decide",
    "moderation.actions.appeals.decide_appeal": "what is seen of it are entries that come back, which is counted",
    "moderation.actions.appeals.make_appeal": "for those who decide",
    "moderation.actions.cases.look_oneself": "for those who decide",
    "moderation.actions.cases.open_case": "for those who decide",
    "moderation.actions.crowds.clear_crowd": "what is seen of it are entries removed, which is counted",
    "moderation.actions.crowds.clear_portion": "what is seen of it are entries removed, which is counted",
    "moderation.actions.decisions.decide_case": "what is seen of it are entries hidden or removed, which is counted",
    "moderation.actions.decisions.note_decision": "for those who decide",
    "moderation.actions.decisions.require_reasons": "writes nothing",
    "moderation.actions.decisions.second_decision": "what is seen of it are entries removed, which is counted",
    "moderation.actions.decisions.tell_everybody": "mail",
    "moderation.actions.decisions.undo_decision": "what is seen of it are entries that come back, which is counted",
    "moderation.actions.effects.curb_author": "what she may write from now on",
    "moderation.actions.effects.put_back": "what is seen of it are entries that come back, which is counted",
    "moderation.actions.effects.take_away": "what is seen of it are entries removed, which is counted",
    "moderation.actions.gates.close_gone": "for those who decide",
    "moderation.actions.gates.look_afterwards": "for those who decide",
    "moderation.actions.gates.look_at_change": "for those who decide",
    "moderation.actions.gates.open_cases": "for those who decide",
    "moderation.actions.guards.add_rule": "for those who decide",
    "moderation.actions.guards.change_guard": "for those who decide",
    "moderation.actions.guards.remove_rule": "for those who decide",
    "moderation.actions.retention.forget_old_cases": "seen by nobody",
    "moderation.actions.reports.receive_report": "for those who decide, and who reported",
    "places.actions.keep.receive_correction": "for those who look after the entry",
    "places.actions.keep.settle_correction": "for those who look after the entry",
    "operations.actions.empty_log": "for operators",
    "operations.actions.rewrite_database": "for operators",
    "operations.actions.erase_again": "after a restore, before anybody comes, and by actions that count",
    "operations.actions.note_erasures": "for operators",
    "operations.actions.note_backup": "for operators",
    "operations.actions.note_verified": "for operators",
    "operations.actions.make_nightly_backup": "for operators",
    "operations.actions.try_newest_backup": "for operators",
    "search.actions.index_entries": "follows a change that is counted; what is found by words is not kept",
    "search.actions.index_missing": "what is found by words is not kept",
    "search.actions.forget_entries": "follows a change that is counted; what is found by words is not kept",
    "search.actions.drop_lost_words": "what is found by words is not kept",
    "noticeboard.actions.making.greet_in_paper": "for who makes the paper, until it is published",
    "noticeboard.actions.making.wish_for_item": "for who makes the paper, until it is published",
    "noticeboard.actions.making.arrange_items": "for who makes the paper, until it is published",
    "noticeboard.actions.making.hang_paper_picture": "for who makes the paper, until it is published",
    "noticeboard.actions.printing.print_paper": "a file; the page that waits for it is not kept",
    "noticeboard.actions.printing.print_poster": "a file",
    "noticeboard.actions.printing.print_blank": "a file; the page that waits for it is not kept",
    "noticeboard.actions.printing.print_phone_list": "a file; the page that waits for it is not kept",
    "noticeboard.actions.printing.print_guide": "a file; the page that waits for it is not kept",
    "noticeboard.actions.mailing.subscribe_to_papers": "a member’s page is not kept",
    "noticeboard.actions.mailing.end_subscription": "a member’s page is not kept",
    "noticeboard.actions.mailing.mail_paper": "mails",
    "noticeboard.actions.mailing.enclose_paper": "a file",
    "press.actions.order_printing": "a part of print_paper",
    "screens.actions.note_sign_of_life": "for those in charge",
    "press.actions.make_printing": "a file; the page that waits for it is not kept",
    "press.actions.withdraw_printings": "files, made anew when asked for",
    "press.actions.forget_old_printings": "files, made anew when asked for",
    "press.actions.erase_file": "a file",
    "villages.actions.editions.raise_editions": "is what this is about",
}


class World:
    """A square with something of everything on it."""

    def __init__(self, kranenburg: Any, person: Any) -> None:
        self.municipality: Municipality = kranenburg.municipality
        self.village = kranenburg.village
        self.person = person
        self.listing = place(self.village("niel"), title="Chor", opening_hours="Mo-Fr 09:00-18:00")

    def place_draft(self, **words: Any) -> PlaceDraft:
        said = {"title": "Kapelle", "body": "", "language": "de", "areas": [self.village("niel")], **words}
        return PlaceDraft(
            kind=PlaceKind.ORGANIZATION, words=entries.Draft(**said), categories=[category("sports-club")],
            facts=ListingFacts(), own=KindFacts(),
        )  # fmt: skip

    def page(self, title: str) -> Any:
        text = villages.PageText(title={"de": title}, body={"de": "Worte."})
        return villages.create_page(self.municipality, kind=PageKind.FREE, text=text, **BY)


Steps = Iterator[None]


def entry_steps(world: World, name: str) -> Steps:
    draft = entries.Draft(title="Chor", body="Neu", language="de", areas=[world.village("niel")])
    entry = world.listing.entry
    if name == "publish_entries":
        made = entries.create_entries("organization", drafts=[draft], **BY)
        yield
        entries.publish_entries(made, **BY)
    elif name == "rewrite_entry":
        yield
        entries.rewrite_entry(entry, draft=draft, **BY)
    elif name == "publish_due_entries":
        made = entries.create_entries("organization", drafts=[draft], **BY)
        Entry.objects.filter(pk=made[0].pk).update(publish_at=NOW)
        yield
        entries.publish_due_entries(**BY)
    else:
        yield
        entries.note_change(entry, **BY)


def withholding_steps(world: World, name: str) -> Steps:
    entry = world.listing.entry
    if name == "remove_entries":
        yield
        entries.remove_entries([entry], **BY)
    elif name == "erase_entries":
        yield
        entries.erase_entries([entry.pk], **BY)
    elif name == "restore_version":
        draft = entries.Draft(title="Chor", body="Neu", language="de", areas=[world.village("niel")])
        anna = actor(world.person("Anna", roles=[(Role.CONNECTOR, "niel")]))
        entries.rewrite_entry(entry, draft=draft, by=anna, now=NOW)
        yield
        entries.restore_version(entry.versions.get(), **BY)
    else:
        before = {
            "unhide_entry": entries.hide_entry,
            "restore_entry": entries.remove_entry,
            "undo_removal": entries.remove_entry,
        }.get(name)
        if before:
            before(entry, **BY)
        yield
        getattr(entries, name)(entry, **BY)


def entry_picture_steps(world: World, name: str) -> Steps:
    entry = world.listing.entry
    for _number in range(2):
        entries.choose_picture(ready(file_of(flag())), form_key="a form", **BY)
    if name != "hang_chosen":
        entries.hang_chosen(entry, form_key="a form", **BY)
    yield
    if name == "hang_chosen":
        entries.hang_chosen(entry, form_key="a form", **BY)
    elif name == "take_picture_away":
        entries.take_picture_away(entry.pictures.first(), **BY)
    elif name == "describe_pictures":
        entries.describe_pictures({entry.pictures.first(): "Eine Fahne"}, language="de", **BY)
    else:
        entries.arrange_pictures(entry, order=[row.pk for row in reversed(entry.pictures.all())], **BY)


def keeping_steps(world: World, name: str) -> Steps:
    listing = world.listing
    if name in ("name_keeper", "end_keeper"):
        anna = world.person("Anna")
        if name == "end_keeper":
            keeper = places.name_keeper(listing, identity=anna, **BY)
            yield
            places.end_keeper(keeper, **BY)
        else:
            yield
            places.name_keeper(listing, identity=anna, **BY)
    elif name == "close_place":
        yield
        places.close_place(listing, **BY)
    elif name == "confirm_place":
        yield
        places.confirm_place(listing, role="connector", **BY)
    elif name == "confirm_places":
        yield
        places.confirm_places([listing], role="osm", **BY)
    else:
        yield
        getattr(places, name)([listing], **BY)


def photo_steps(world: World, name: str) -> Steps:
    picture = ready(file_of(flag()))
    if name == "remove_photo":
        photo = places.add_photo(world.listing, picture=picture, **BY)
        yield
        places.remove_photo(photo, **BY)
    else:
        yield
        places.add_photo(world.listing, picture=picture, **BY)


def taxonomy_steps(world: World, name: str) -> Steps:
    own = {"municipality": world.municipality, **BY}
    if name == "write_standard_taxonomy":
        Category.objects.filter(slug="cafe").update(icon="x")
        yield
        places.write_standard_taxonomy(**BY)
    elif name == "choose_category":
        yield
        places.choose_category(category("cafe"), name={"de": "Kaffee"}, is_hidden=False, **own)
    else:
        parent = Category.objects.filter(parent=None).first()
        if name == "remove_category":
            made = places.add_category(parent, name={"de": "Imker"}, osm_tags=[], **own)
            yield
            places.remove_category(made, **own)
        else:
            yield
            places.add_category(parent, name={"de": "Imker"}, osm_tags=[], **own)


def writing_steps(world: World, name: str) -> Steps:
    other = place(world.village("niel"), title="Haus")
    if name == "fold_place":
        yield
        places.fold_place(other, into=world.listing, **BY)
    elif name == "unfold_place":
        places.fold_place(other, into=world.listing, **BY)
        yield
        places.unfold_place(other, **BY)
    elif name == "change_place":
        yield
        places.change_place(world.listing, draft=world.place_draft(), **BY)
    elif name == "add_place_once":
        yield
        places.add_place_once(world.place_draft(), form_key="k", **BY)
    elif name == "add_place":
        yield
        places.add_place(world.place_draft(), **BY)
    else:
        yield
        places.add_places([world.place_draft(), world.place_draft(title="Zwei")], **BY)


def picture_steps(world: World, name: str) -> Steps:
    if name == "prepare_picture":
        picture = media.accept_upload(file_of(flag()), alt={"de": "Fahne"}, **BY)
        places.add_photo(world.listing, picture=picture, **BY)
        yield
        media.prepare_picture(picture.pk, **BY)
        return
    picture = ready(file_of(flag()))
    villages.change_picture(world.village("niel"), picture=picture, **BY)
    yield
    if name == "erase_picture":
        media.erase_picture(picture, **BY)
    elif name == "readdress_picture":
        media.readdress_picture(picture.pk, **BY)
    else:
        media.change_picture_words(picture, alt={"de": "Rot und blau"}, credit="", **BY)


def portrait_steps(world: World, name: str) -> Steps:
    ben = world.person("Ben", roles=[(Role.CONNECTOR, "niel")])
    picture = ready(file_of(flag()))
    if name == "show_portrait":
        yield
        members.show_portrait(ben, picture=picture, seen_by=SeenBy.PUBLIC, **BY)
        return
    shown = members.show_portrait(ben, picture=picture, seen_by=SeenBy.PUBLIC, **BY)
    yield
    if name == "change_portrait":
        members.change_portrait(shown, seen_by=SeenBy.ME, **BY)
    else:
        members.take_portrait_away(shown, **BY)


STANDING = ("introduce_identity", "block_identity", "unblock_identity", "hide_page")


def standing_steps(ben: Any, name: str) -> Steps:
    if name == "hide_page":
        standing.introduce_identity(ben, introduction={"de": "Guten Tag."}, **BY)
    elif name == "unblock_identity":
        standing.block_identity(ben, **BY)
    yield
    if name == "hide_page":
        standing.hide_page(ben, is_hidden=True, **BY)
    elif name == "introduce_identity":
        standing.introduce_identity(ben, introduction={"de": "Guten Tag."}, **BY)
    elif name == "block_identity":
        standing.block_identity(ben, **BY)
    else:
        standing.unblock_identity(ben, **BY)


def people_steps(world: World, name: str) -> Steps:
    ben = world.person("Ben", roles=[(Role.CONNECTOR, "niel")])
    if name == "change_identity":
        yield
        members.change_identity(ben, name="Benno", language="de", home_area=None, **BY)
    elif name in STANDING:
        yield from standing_steps(ben, name)
    elif name == "grant_role":
        yield
        members.grant_role(ben, role=Role.CONNECTOR, area=world.village("zyfflich"), **BY)
    elif name == "end_grant":
        grant = RoleGrant.objects.get(identity=ben)
        yield
        members.end_grant(grant, **BY)
    else:
        area = world.village("zyfflich")
        email = "ben@example.org" if name == "take_up_invitation" else "new@example.org"
        _, key = members.create_invitation(email=email, role=Role.CONNECTOR, area=area, **BY)
        yield
        if name == "accept_invitation":
            newcomer = members.Newcomer("Neu", email, "four tall poplars", "de")
            seen = digest_of(agreed_wordings(world.municipality))
            members.accept_invitation(key, newcomer=newcomer, seen=seen, municipality=world.municipality, **BY)
        else:
            members.take_up_invitation(key, identity=ben, by=actor(ben), now=NOW)


def village_steps(world: World, name: str) -> Steps:
    niel = world.village("niel")
    if name == "change_picture":
        picture = ready(file_of(flag()))
        yield
        villages.change_picture(niel, picture=picture, **BY)
        return
    yield
    if name == "change_village":
        change = villages.VillageChange({"und": "Niel"}, {"de": "Klein."}, 222, Point(51.826, 6.02), 3, [])
        villages.change_village(niel, change=change, version=niel.version, **BY)
    elif name == "change_stage":
        villages.change_stage(niel, stage=Stage.PREPARING, **BY)
    elif name == "compute_outlines":
        Area.objects.filter(pk=niel.pk).update(outline=None, outline_origin="none")
        villages.compute_outlines(world.municipality, **BY)
    elif name == "add_foreign_area":
        foreign = ForeignArea("beek", {"und": "Beek"}, "NL", Point(51.83, 5.92), "Berg en Dal")
        villages.add_foreign_area(world.municipality, foreign=foreign, **BY)
    else:
        more = {**DESCRIPTION, "municipality": {**DESCRIPTION["municipality"], "name": "Kranenburg am Rhein"}}
        villages.set_up_municipality(parse_description(more, {}), **BY)


def municipality_steps(world: World, name: str) -> Steps:
    version = world.municipality.area.version
    yield
    if name == "switch_rooms":
        villages.switch_rooms(world.municipality, rooms_off=["places"], version=version, **BY)
    elif name == "arrange_home":
        villages.arrange_home(world.municipality, order=["map"], off=[], version=version, **BY)
    else:
        change = villages.MunicipalityChange({"und": "K"}, {"de": "Motto"}, {}, "#A63D2F", ["de"])
        villages.change_municipality(world.municipality, change=change, version=version, **BY)


def page_steps(world: World, name: str) -> Steps:
    if name == "create_page":
        yield
        world.page("Über uns")
        return
    world.page("Erste")
    page = world.page("Zweite")
    yield
    if name == "change_page":
        text = villages.PageText(title={"de": "Anders"}, body={})
        villages.change_page(page, text=text, version=page.version, **BY)
    elif name == "move_page":
        villages.move_page(page, up=True, **BY)
    else:
        villages.remove_page(page, **BY)


def legal_steps(world: World, name: str) -> Steps:
    yield
    if name == "keep_legal_text":
        villages.keep_legal_text(world.municipality, kind=LegalKind.RULES, **BY)
        return
    text = villages.PageText(title={"de": "Hausordnung"}, body={"de": "Freundlich sein."})
    villages.publish_legal_text(world.municipality, kind=LegalKind.RULES, text=text, version=0, **BY)


def base_map_steps(world: World, name: str) -> Steps:
    """A file that stands for tiles: what counts is that pages hear of it."""
    tiles = maps_folder() / f".made-{world.municipality.area.slug}"
    tiles.parent.mkdir(parents=True, exist_ok=True)
    tiles.write_bytes(b"tiles")
    made = Made(tiles, f"{world.municipality.area.slug}-{'0' * 16}.pmtiles", "", None, [])
    if name == "put_base_map":
        yield
        basemap.put_base_map(world.municipality, made=made, **BY)
        return
    base_map = basemap.put_base_map(world.municipality, made=made, **BY)
    yield
    basemap.switch_base_map(base_map, is_on=False, **BY)


def event_steps(world: World, name: str) -> Steps:
    niel = world.village("niel")
    if name in ("add_event", "add_event_once", "add_events"):
        draft = event_draft(niel)
        yield
        if name == "add_events":
            events.add_events([draft], **BY)
        else:
            more = {"form_key": "k"} if name == "add_event_once" else {}
            getattr(events, name)(draft, **more, **BY)
        return
    made = event(niel, rule="FREQ=WEEKLY")
    yield
    events.change_event(made, draft=event_draft(niel, title="Anders"), **BY)


def date_steps(world: World, name: str) -> Steps:
    made = event(world.village("niel"), rule="FREQ=WEEKLY")
    if name == "put_back":
        events.call_off(made, word="", **BY)
    if name == "put_back_date":
        events.change_date(made, single=Single(TODAY, Change.CANCELLED), **BY)
    yield
    if name == "change_date":
        events.change_date(made, single=Single(TODAY, Change.CANCELLED), **BY)
    elif name == "put_back_date":
        events.put_back_date(made, on=TODAY, **BY)
    elif name == "end_series":
        events.end_series(made, before=TODAY + timedelta(days=8), word="", **BY)
    else:
        more = {"word": ""} if name == "call_off" else {}
        getattr(events, name)(made, **more, **BY)


def coming_steps(world: World, name: str) -> Steps:
    made, anna = event(world.village("niel")), actor(world.person("Anna"))
    said = {"on": TODAY, "by": anna, "now": NOW}
    if name == "take_back_coming":
        events.say_coming(made, persons=1, shows_name=False, **said)
        yield
        events.take_back_coming(made, **said)
        return
    yield
    events.say_coming(made, persons=1, shows_name=False, **said)


def exchange_steps(world: World, name: str) -> Steps:
    """Everything that can become of an ask, each step after those it needs."""
    niel, anna = world.village("niel"), world.person("Anna", home="niel")
    ask = ask_of(niel, author=anna)
    by, later = {"by": actor(anna), "now": NOW}, {"by": INSTALLER, "now": NOW + timedelta(days=400)}
    if name in ("set_out", "set_out_once"):
        more = {"form_key": "k"} if name == "set_out_once" else {}
        yield
        getattr(exchange, name)(exchange_draft(niel), **more, **by)
    elif name == "change_exchange":
        yield
        exchange.change_exchange(ask, draft=exchange_draft(niel, title="Anders"), **by)
    elif name == "postpone_exchange":
        yield
        exchange.postpone_exchange(ask, days=1, **BY)
    elif name == "renew_by_link":
        yield
        exchange.renew_by_link(renewal_token(ask), **BY)
    elif name == "erase_bygone":
        yield
        exchange.erase_bygone(**later)
    else:
        if name == "reopen_exchange":
            exchange.solve_exchange(ask, **by)
        yield
        getattr(exchange, name)(ask, **by)


def answer_steps(world: World, name: str) -> Steps:
    anna, ben = world.person("Anna", home="niel"), world.person("Ben", home="niel")
    ask = ask_of(world.village("niel"), author=anna)
    answer: Answer = exchange.give_answer(ask, text="Ich.", form_key="k", by=actor(ben), now=NOW)
    asks, helps = {"by": actor(anna), "now": NOW}, {"by": actor(ben), "now": NOW}
    if name != "accept_answer":
        exchange.accept_answer(answer, **asks)
    if name in ("thank_helper", "show_thanks"):
        exchange.solve_exchange(ask, **asks)
    if name == "show_thanks":
        exchange.thank_helper(answer, text="Danke!", **asks)
    yield
    if name == "thank_helper":
        exchange.thank_helper(answer, text="Danke!", **asks)
    elif name == "show_thanks":
        exchange.show_thanks(answer, shows=True, **helps)
    else:
        getattr(exchange, name)(answer, **(helps if name == "withdraw_answer" else asks))


def import_steps(world: World, _name: str) -> Steps:
    yield
    import_things(world.municipality, source=OSM, drafts=[source_draft()], **BY)


def journal_steps(world: World, name: str) -> Steps:
    thing = f"entry:{world.listing.pk}"
    yield
    if name == "touch_things":
        touch_things([thing])
    elif name == "record_acts":
        record_acts("something.new", lines=[entries.Line(thing)], **BY)
    else:
        record_act("something.new", thing="a-sort-nobody-knows:7", **BY)


def post_steps(world: World, name: str) -> Steps:
    niel, anna = world.village("niel"), actor(world.person("Anna", home="niel"))
    if name == "write_post":
        yield
        post(niel)
        return
    one = post(niel, by=anna, sort=Sort.MISSING)
    yield
    if name == "settle_post":
        posts.settle_post(one, **BY)
    else:
        words = entries.Draft(title="Anders", body="Neu", language="de", areas=[niel])
        posts.change_post(one, draft=posts.PostDraft(Sort.MISSING, words), by=anna, now=NOW)


def wish_steps(world: World, name: str) -> Steps:
    """A wish, who joins in, what is said to it, its theme, and the sheet it was typed off."""
    niel, anna = world.village("niel"), actor(world.person("Anna", home="niel"))
    one = wish_of(niel)
    sheet = ChartDraft(niel, "Stand", NOW.date(), [Row(Mood.WISH, "Bank", "de")])
    if name == "show_photos":
        chart = wishes.type_off_chart(sheet, form_key="form-key", **BY)
        yield
        wishes.show_photos(chart, shows=True, **BY)
        return
    theme = wishes.add_theme(world.municipality, name={"de": "Sitzen"}, **BY)
    said = WishAnswer(Status.HEARD, "Ja.", "de")
    ways: dict[str, Callable[[], Any]] = {
        "write_wish": lambda: wish_of(niel),
        "change_wish": lambda: wishes.change_wish(one, draft=wish_draft(niel, title="Anders"), **BY),
        "say_me_too": lambda: wishes.say_me_too(one, says=True, by=anna, now=NOW),
        "answer_wish": lambda: wishes.answer_wish(one, answer=said, form_key="form-key", **BY),
        "add_theme": lambda: wishes.add_theme(world.municipality, name={"de": "Neu"}, **BY),
        "rename_theme": lambda: wishes.rename_theme(theme, name={"de": "Bänke"}, **BY),
        "remove_theme": lambda: wishes.remove_theme(theme, **BY),
        "put_in_theme": lambda: wishes.put_in_theme(one, theme=theme, **BY),
        "type_off_chart": lambda: wishes.type_off_chart(sheet, form_key="form-key", **BY),
    }
    yield
    ways[name]()


def sprout_steps(world: World, _name: str) -> Steps:
    niel = world.village("niel")
    seed, grown = wish_of(niel).entry, ask_of(niel).entry
    yield
    entries.note_sprout(seed, grown=grown, **BY)


def comment_steps(world: World, name: str) -> Steps:
    anna = actor(world.person("Anna", home="niel"))
    entry = post(world.village("niel")).entry
    said = comments.write_comment(entry, text="Schön!", form_key="a-form-key", by=anna, now=NOW)
    if name == "unhide_comment":
        comments.hide_comment(said, **BY)
    yield
    if name == "open_comments":
        comments.open_comments(entry, is_open=False, **BY)
    elif name == "write_comment":
        comments.write_comment(entry, text="Ja!", form_key="another-key", by=anna, now=NOW)
    elif name == "improve_comment":
        comments.improve_comment(said, language="nl", text="Mooi!", of="", by=anna, now=NOW)
    elif name == "change_comment":
        comments.change_comment(said, text="Sehr schön!", by=anna, now=NOW)
    else:
        getattr(comments, name)(said, by=anna if name == "remove_comment" else INSTALLER, now=NOW)


def paper_steps(world: World, name: str) -> Steps:
    niel = world.village("niel")
    if name == "begin_paper":
        yield
        papers.begin_paper(niel, period="week", starts_on=NOW.date(), **BY)
        return
    paper = papers.begin_paper(niel, period="week", starts_on=NOW.date(), **BY)
    if name == "reopen_paper":
        paper = papers.publish_paper(paper, **BY)
    yield
    getattr(papers, name)(paper, **BY)


def screen_steps(world: World, name: str) -> Steps:
    draft = screens.ScreenDraft(world.village("niel"), "Fenster", ["de"])
    if name == "set_up_screen":
        yield
        screens.set_up_screen(draft, **BY)
        return
    screen = screens.set_up_screen(draft, **BY)
    yield
    if name == "change_screen":
        screens.change_screen(screen, draft=draft, **BY)
    else:
        screens.revoke_screen(screen, **BY)


def language_steps(world: World, _name: str) -> Steps:
    yield
    languages.decide_outside_translation(world.municipality, is_allowed=True, **BY)


WAYS = {
    "screens.actions": screen_steps,
    "noticeboard.actions.making": paper_steps,
    "comments.actions": comment_steps,
    "square.actions": post_steps,
    "wishes.actions.answer": wish_steps,
    "wishes.actions.charts": wish_steps,
    "wishes.actions.themes": wish_steps,
    "wishes.actions.write": wish_steps,
    "basemap.actions": base_map_steps,
    "events.actions.coming": coming_steps,
    "events.actions.dates": date_steps,
    "events.actions.write": event_steps,
    "exchange.actions.answers": answer_steps,
    "exchange.actions.clocks": exchange_steps,
    "exchange.actions.steps": exchange_steps,
    "exchange.actions.write": exchange_steps,
    "entries.actions.later": entry_steps,
    "entries.actions.pictures": entry_picture_steps,
    "entries.actions.sprouts": sprout_steps,
    "entries.actions.withhold": withholding_steps,
    "entries.actions.write": entry_steps,
    "imports.actions.intake": import_steps,
    "journal.actions": journal_steps,
    "languages.actions": language_steps,
    "media.actions": picture_steps,
    "members.actions.invitations": people_steps,
    "members.actions.people": people_steps,
    "members.actions.portraits": portrait_steps,
    "members.actions.roles": people_steps,
    "members.actions.standing": people_steps,
    "places.actions.keep": keeping_steps,
    "places.actions.photos": photo_steps,
    "places.actions.taxonomy": taxonomy_steps,
    "places.actions.write": writing_steps,
    "villages.actions.legal": legal_steps,
    "villages.actions.municipality": municipality_steps,
    "villages.actions.outlines": village_steps,
    "villages.actions.pages": page_steps,
    "villages.actions.setup": village_steps,
    "villages.actions.stage": village_steps,
    "villages.actions.village": village_steps,
}


def every_action() -> list[str]:
    found = []
    for source in storey("actions"):
        module = source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        found += [f"{module}.{function.name}" for function in code.public_functions(source, None)]
    return sorted(found)


SEEN = [name for name in every_action() if name not in UNSEEN]


@pytest.fixture
def world(kranenburg, person, at_eleven):
    return World(kranenburg, person)


def test_every_action_is_asked_here_or_said_to_be_unseen():
    assert set(UNSEEN) <= set(every_action()), "an action that is gone"
    assert [name for name in SEEN if name.rpartition(".")[0] not in WAYS] == []
    assert len(SEEN) > 40


@pytest.mark.parametrize("name", SEEN)
def test_an_action_that_readers_see_raises_the_edition(world, name):
    module, _, function = name.rpartition(".")
    steps = WAYS[module](world, function)
    next(steps)
    before = edition_of(world.municipality.pk)
    assert before is not None
    with pytest.raises(StopIteration):
        next(steps)
    assert edition_of(world.municipality.pk) > before


def another(slug, name, lat, lon, neighbour=None):
    """A second municipality with one village, which has the given area as neighbour."""
    described = {
        "municipality": {"slug": slug, "name": name, "country": "DE", "languages": ["de"], "hosts": [f"{slug}.test"]},
        "village": [{"slug": f"{slug}-dorf", "name": f"{name} Dorf", "lat": lat, "lon": lon, "neighbours": []}],
    }
    made, _report = villages.set_up_municipality(parse_description(described, {}), **BY)
    if neighbour:
        AreaLink.objects.create(area=Area.objects.get(slug=f"{slug}-dorf"), neighbour=neighbour)
    return made


def test_a_change_counts_at_home_and_where_it_is_a_neighbours_and_nowhere_else(world):
    near = another("goch", "Goch", 51.68, 6.16, neighbour=world.village("niel"))
    far = another("husum", "Husum", 54.48, 9.05)
    before = editions()
    entries.note_change(world.listing.entry, **BY)
    after = editions()
    raised = {pk for pk, number in after.items() if number != before[pk]}
    assert raised == {world.municipality.pk, near.pk}
    assert far.pk in after


def test_what_moves_to_another_municipality_counts_where_it_was(world):
    far = another("husum", "Husum", 54.48, 9.05)
    before = editions()
    draft = entries.Draft(title="Chor", body="", language="de", areas=[Area.objects.get(slug="husum-dorf")])
    entries.rewrite_entry(world.listing.entry, draft=draft, **BY)
    after = editions()
    assert after[world.municipality.pk] > before[world.municipality.pk]
    assert after[far.pk] > before[far.pk]


def test_a_service_elsewhere_counts_where_its_club_is(world):
    another("husum", "Husum", 54.48, 9.05)
    before = edition_of(world.municipality.pk)
    own = KindFacts(organization_id=world.listing.pk)
    place(Area.objects.get(slug="husum-dorf"), kind=PlaceKind.SERVICE, title="Kurs", own=own)
    assert edition_of(world.municipality.pk) > before


def test_a_thing_nobody_knows_counts_everywhere_and_a_mail_nowhere(world):
    another("husum", "Husum", 54.48, 9.05)
    before = editions()
    record_act("mail.sent", thing="mail:1", **BY)
    record_act("login.changed", thing="login:1", area_id=world.municipality.pk, **BY)
    assert editions() == before
    record_act("new.thing", thing="unheard-of:1", **BY)
    assert all(number > before[pk] for pk, number in editions().items())


def test_a_stranger_s_note_makes_no_page_anew(world):
    before = editions()
    note = places.receive_correction(world.listing, text="Zu.", form_key="a", by=VISITOR, now=NOW)
    places.settle_correction(note, state="done", **BY)
    assert editions() == before


def test_many_at_once_count_once_and_cost_few_queries(world):
    ids = [place(world.village("niel")).pk for _ in range(12)]

    def cost(some):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            touch_things(f"entry:{pk}" for pk in some)
        return len(queries)

    before = edition_of(world.municipality.pk)
    assert cost(ids[:1]) == cost(ids)
    assert cost(ids) <= 10
    assert edition_of(world.municipality.pk) == before + 3


def test_what_is_undone_is_not_counted(world):
    before = edition_of(world.municipality.pk)
    with transaction.atomic():
        entries.note_change(world.listing.entry, **BY)
        transaction.set_rollback(True)
    assert edition_of(world.municipality.pk) == before


def test_reading_the_edition_is_one_query_and_unknown_municipalities_have_none(world, django_assert_num_queries):
    number = Edition.objects.get(pk=world.municipality.pk).number
    with django_assert_num_queries(1):
        assert edition_of(world.municipality.pk) == number
    assert edition_of(987_654) is None


def test_everything_else_of_the_journal_stays_as_it_was(world):
    """A change at another moment than now counts the same: the edition knows no clock."""
    before = edition_of(world.municipality.pk)
    record_act("entry.changed", thing=f"entry:{world.listing.pk}", by=INSTALLER, now=NOW - timedelta(days=900))
    assert edition_of(world.municipality.pk) == before + 1
