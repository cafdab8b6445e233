"""What every policy and every `visible_to` answers: about each thing (verdict_things.py), to each sort of person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dorfplatz.channels import policies as channels
from dorfplatz.channels.models import Note
from dorfplatz.comments import policies as comments
from dorfplatz.desk import policies as desk
from dorfplatz.desk.models import Note as DeskNote
from dorfplatz.entries import policies as entries
from dorfplatz.entries.models import Entry
from dorfplatz.events import policies as events
from dorfplatz.exchange import policies as exchange
from dorfplatz.exchange.models import Answer
from dorfplatz.gifts import policies as gifts
from dorfplatz.gifts.models import Conversation, Gift
from dorfplatz.imports import policies as imports
from dorfplatz.jobs import policies as jobs
from dorfplatz.kernel.actor import Actor
from dorfplatz.launch import policies as launch
from dorfplatz.letters import policies as letters
from dorfplatz.letters.models import Letter, Thread
from dorfplatz.mail import policies as mail
from dorfplatz.matching import policies as matching
from dorfplatz.matching.models import AskedPerson, Introduction
from dorfplatz.media import policies as media
from dorfplatz.members import policies as members
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity
from dorfplatz.moderation import policies as moderation
from dorfplatz.moderation.enums import Step as Measure
from dorfplatz.noticeboard import policies as noticeboard
from dorfplatz.places import policies as places
from dorfplatz.screens import policies as screens
from dorfplatz.square import policies as square
from dorfplatz.villages import policies as villages
from dorfplatz.villages.enums import Stage
from dorfplatz.villages.models import Area
from dorfplatz.wishes import policies as wishes
from tests.fixtures.kranenburg import NOW

Ask = Callable[[Actor, Any], Any]
# A village that is only being described.
NOWHERE = Area(kind="village", path="")


def _path(area: Area) -> str:
    return str(area.path)


def _is_told(actor: Actor, conversation: Conversation) -> bool:
    return _is_in(Conversation.objects.all().visible_to(actor, now=NOW), conversation)


POLICIES: list[tuple[str, str, Ask]] = [
    ("channels.can_change_preferences", "person", channels.can_change_preferences),
    ("channels.can_tell", "nothing", lambda a, _t: channels.can_tell(a)),
    ("comments.can_comment", "entry", lambda a, t: comments.can_comment(a, t, is_open=True, now=NOW)),
    ("comments.can_comment, closed", "entry", lambda a, t: comments.can_comment(a, t, is_open=False, now=NOW)),
    ("comments.can_change_comment", "comment", lambda a, t: comments.can_change_comment(a, t, now=NOW)),
    ("comments.can_improve_comment", "comment", lambda a, t: comments.can_improve_comment(a, t, now=NOW)),
    ("comments.can_remove_comment", "comment", comments.can_remove_comment),
    ("comments.can_hide_comment", "comment", comments.can_hide_comment),
    ("comments.can_take_comment_off", "comment", comments.can_take_comment_off),
    ("desk.can_use_desk", "area", desk.can_use_desk),
    ("desk.can_remove_note", "desk note", desk.can_remove_note),
    ("desk.can_keep_desks", "nothing", lambda a, _t: desk.can_keep_desks(a)),
    ("entries.can_view", "entry", lambda a, t: entries.can_view(a, t, now=NOW)),
    ("entries.can_hide_entry", "entry", entries.can_hide_entry),
    ("entries.can_remove_entry", "entry", entries.can_remove_entry),
    ("entries.can_take_down", "entry", entries.can_take_down),
    ("entries.can_undo_removal", "entry", entries.can_undo_removal),
    ("entries.can_see_versions", "entry", entries.can_see_versions),
    ("entries.can_improve_text", "entry", lambda a, t: entries.can_improve_text(a, t, now=NOW)),
    ("entries.can_publish_at_once", "area", lambda a, t: entries.can_publish_at_once(a, [_path(t)])),
    ("entries.can_set_out", "area", lambda a, t: entries.can_set_out(a, [_path(t)])),
    ("events.can_add_event", "area", lambda a, t: events.can_add_event(a, [t])),
    ("events.can_change_event", "event", events.can_change_event),
    ("events.can_name_organiser", "listing", events.can_name_organiser),
    ("events.can_say_coming", "event", events.can_say_coming),
    ("events.can_see_who_comes", "event", events.can_see_who_comes),
    ("events.can_expand", "nothing", lambda a, _t: events.can_expand(a)),
    ("exchange.can_set_out_exchange", "area", lambda a, t: exchange.can_set_out_exchange(a, [_path(t)])),
    ("exchange.can_change_exchange", "exchange", exchange.can_change_exchange),
    ("exchange.can_steer_exchange", "exchange", exchange.can_steer_exchange),
    ("exchange.can_answer", "exchange", lambda a, t: exchange.can_answer(a, t, now=NOW)),
    ("exchange.can_read_answer", "answer", exchange.can_read_answer),
    ("exchange.can_say_yes", "answer", exchange.can_say_yes),
    ("exchange.can_withdraw_answer", "answer", exchange.can_withdraw_answer),
    ("exchange.can_thank", "answer", exchange.can_thank),
    ("exchange.can_show_thanks", "answer", exchange.can_show_thanks),
    ("entries.can_set_out, two", "area", lambda a, t: entries.can_set_out(a, [_niel(), _path(t)])),
    ("places.can_add_place, two", "area", lambda a, t: places.can_add_place(a, [_niel_area(), t])),
    ("members.can_make_cards, nowhere", "nothing", lambda a, _t: members.can_make_cards(a, NOWHERE)),
    ("members.can_withdraw_cards, nowhere", "nothing", lambda a, _t: members.can_withdraw_cards(a, NOWHERE)),
    ("members.can_manage_roles, nowhere", "nothing", lambda a, _t: members.can_manage_roles(a, NOWHERE)),
    ("villages.can_manage_area, nowhere", "nothing", lambda a, _t: villages.can_manage_area(a, NOWHERE)),
    ("gifts.can_view_gift", "gift", lambda a, t: gifts.can_view_gift(a, t, now=NOW)),
    ("gifts.can_add_gift", "nothing", lambda a, _t: gifts.can_add_gift(a)),
    ("gifts.can_change_gift", "gift", lambda a, t: gifts.can_change_gift(a, t, now=NOW)),
    ("gifts.can_view_conversation", "conversation", lambda a, t: gifts.can_view_conversation(a, t, now=NOW)),
    ("gifts.can_record", "area", gifts.can_record),
    ("gifts.can_change_conversation", "conversation", lambda a, t: gifts.can_change_conversation(a, t, now=NOW)),
    ("gifts.can_withdraw_consent", "conversation", lambda a, t: gifts.can_withdraw_consent(a, t, now=NOW)),
    ("gifts.can_erase_ended", "nothing", lambda a, _t: gifts.can_erase_ended(a)),
    ("imports.can_import", "municipality", imports.can_import),
    ("jobs.can_settle_job", "nothing", lambda a, _t: jobs.can_settle_job(a)),
    ("letters.can_begin_with", "person", letters.can_begin_with),
    ("letters.can_begin_at", "desk", lambda a, t: letters.can_begin_at(a, "place", t)),
    ("letters.can_answer_in", "thread", lambda a, t: letters.can_answer_in(a, t, _other(a, t))),
    ("letters.can_throw_away", "thread", letters.can_throw_away),
    ("letters.can_withhold", "letter", letters.can_withhold),
    ("letters.can_choose_mail", "nothing", lambda a, _t: letters.can_choose_mail(a)),
    ("matching.can_introduce", "area", matching.can_introduce),
    ("matching.can_run_introduction", "introduction", matching.can_run_introduction),
    ("matching.can_see_question", "question", matching.can_see_question),
    ("matching.can_answer_question", "question", matching.can_answer_question),
    ("matching.can_thank", "question", matching.can_thank),
    ("matching.can_keep_introductions", "nothing", lambda a, _t: matching.can_keep_introductions(a)),
    ("mail.can_post_probe", "nothing", lambda a, _t: mail.can_post_probe(a)),
    ("media.can_add_picture", "nothing", lambda a, _t: media.can_add_picture(a)),
    ("media.can_erase_picture", "nothing", lambda a, _t: media.can_erase_picture(a)),
    ("members.can_manage_roles", "area", members.can_manage_roles),
    ("members.can_change_bundle", "area", members.can_change_bundle),
    ("members.can_give_role, connector", "area", lambda a, t: members.can_give_role(a, Role.CONNECTOR, t)),
    ("members.can_give_role, operator", "area", lambda a, t: members.can_give_role(a, Role.OPERATOR, t)),
    ("members.can_make_cards", "area", members.can_make_cards),
    ("members.can_withdraw_cards", "area", members.can_withdraw_cards),
    ("members.can_act_for_people", "area", members.can_act_for_people),
    ("members.can_move_to", "area", members.can_move_to),
    ("members.can_change_identity", "person", members.can_change_identity),
    ("members.can_say_of_age", "person", members.can_say_of_age),
    ("members.can_vouch_for", "person", members.can_vouch_for),
    ("members.can_write_to", "person", members.can_write_to),
    ("members.can_suspend, in Niel", "person", lambda a, t: members.can_suspend(a, t, _niel())),
    ("members.can_curb, in Niel", "person", lambda a, t: members.can_curb(a, t, _niel())),
    ("members.can_hide_page", "person", members.can_hide_page),
    ("moderation.can_look_oneself", "area", lambda a, t: moderation.can_look_oneself(a, t, None)),
    ("moderation.can_decide_case", "case", moderation.can_decide_case),
    ("moderation.can_take_step, hide", "case", lambda a, t: moderation.can_take_step(a, t, Measure.HIDE)),
    ("moderation.can_take_step, suspend", "case", lambda a, t: moderation.can_take_step(a, t, Measure.SUSPEND)),
    ("moderation.can_second", "decision", moderation.can_second),
    ("moderation.can_appeal", "decision", lambda _a, t: moderation.can_appeal(t, now=NOW)),
    ("moderation.can_decide_appeal", "appeal", moderation.can_decide_appeal),
    ("moderation.can_set_rules", "municipality", moderation.can_set_rules),
    ("noticeboard.can_edit_papers", "area", noticeboard.can_edit_papers),
    ("noticeboard.can_see_paper", "paper", noticeboard.can_see_paper),
    ("noticeboard.can_print_guide", "municipality", noticeboard.can_print_guide),
    ("noticeboard.can_print_blanks", "nothing", lambda a, _t: noticeboard.can_print_blanks(a)),
    ("noticeboard.can_get_papers", "nothing", lambda a, _t: noticeboard.can_get_papers(a)),
    ("noticeboard.can_mail_papers", "nothing", lambda a, _t: noticeboard.can_mail_papers(a)),
    ("noticeboard.can_make_posters", "nothing", lambda a, _t: noticeboard.can_make_posters(a)),
    ("places.can_add_place", "area", lambda a, t: places.can_add_place(a, [t])),
    ("places.can_add_place, nowhere", "nothing", lambda a, _t: places.can_add_place(a, [])),
    ("places.can_change_place", "listing", places.can_change_place),
    ("places.can_confirm_place", "listing", places.can_confirm_place),
    ("places.can_settle_correction", "listing", places.can_settle_correction),
    ("places.can_name_keeper", "listing", places.can_name_keeper),
    ("places.can_withdraw_place", "listing", places.can_withdraw_place),
    ("places.can_claim_place", "listing", places.can_claim_place),
    ("places.can_decide_claim", "claim", lambda a, t: places.can_decide_claim(a, t, now=NOW)),
    ("places.can_hand_over_place", "listing", places.can_hand_over_place),
    ("places.can_edit_taxonomy", "municipality", places.can_edit_taxonomy),
    ("places.can_write_standard_taxonomy", "nothing", lambda a, _t: places.can_write_standard_taxonomy(a)),
    ("screens.can_keep_screens", "area", screens.can_keep_screens),
    ("square.can_write_post", "area", lambda a, t: square.can_write_post(a, [t])),
    ("square.can_write_post, nowhere", "nothing", lambda a, _t: square.can_write_post(a, [])),
    ("square.can_change_post", "post", square.can_change_post),
    ("square.can_settle_post", "post", square.can_settle_post),
    ("villages.can_set_up_municipality", "nothing", lambda a, _t: villages.can_set_up_municipality(a)),
    ("villages.can_manage_municipality", "municipality", villages.can_manage_municipality),
    ("villages.can_open_settings", "municipality", villages.can_open_settings),
    ("villages.can_manage_area", "area", villages.can_manage_area),
    ("villages.can_prepare", "area", villages.can_prepare),
    ("villages.can_change_stage, on", "area", lambda a, t: villages.can_change_stage(a, t, Stage.OPEN)),
    ("villages.can_change_stage, back", "area", lambda a, t: villages.can_change_stage(a, t, Stage.PREPARING)),
    ("launch.can_change_kit", "area", launch.can_change_kit),
    ("launch.can_change_measures", "municipality", launch.can_change_measures),
    ("wishes.can_wish", "area", lambda a, t: wishes.can_wish(a, [t])),
    ("wishes.can_wish, nowhere", "nothing", lambda a, _t: wishes.can_wish(a, [])),
    ("wishes.can_change_wish", "wish", wishes.can_change_wish),
    ("wishes.can_say_me_too", "wish", wishes.can_say_me_too),
    ("wishes.can_answer_wish", "wish", wishes.can_answer_wish),
    ("wishes.can_keep_themes", "municipality", wishes.can_keep_themes),
    ("wishes.can_type_off", "area", wishes.can_type_off),
    ("wishes.can_see_chart", "chart", wishes.can_see_chart),
    ("channels.Note.visible_to", "note", lambda a, t: _is_in(Note.objects.visible_to(a, now=NOW), t)),
    ("desk.Note.visible_to", "desk note", lambda a, t: _is_in(DeskNote.objects.visible_to(a), t)),
    ("entries.Entry.visible_to", "entry", lambda a, t: _is_in(Entry.objects.visible_to(a, now=NOW), t)),
    ("exchange.Answer.visible_to", "answer", lambda a, t: _is_in(Answer.objects.visible_to(a), t)),
    ("gifts.Gift.visible_to", "gift", lambda a, t: _is_in(Gift.objects.all().visible_to(a, now=NOW), t)),
    ("gifts.Conversation.visible_to", "conversation", _is_told),
    ("matching.Introduction.visible_to", "introduction", lambda a, t: _is_in(Introduction.objects.visible_to(a), t)),
    ("matching.AskedPerson.visible_to", "question", lambda a, t: _is_in(AskedPerson.objects.visible_to(a), t)),
    ("letters.Thread.visible_to", "thread", lambda a, t: _is_in(Thread.objects.visible_to(a), t)),
    ("letters.Letter.visible_to", "letter", lambda a, t: _is_in(Letter.objects.visible_to(a), t)),
]


def _niel_area() -> Area:
    return Area.objects.get(slug="niel")


def _niel() -> str:
    return _path(_niel_area())


def _is_in(rows: Any, row: Any) -> bool:
    return bool(rows.filter(pk=row.pk).exists())


def _other(actor: Actor, thread: Thread) -> Identity | None:
    seats = thread.seats.filter(identity__isnull=False).exclude(identity=actor.identity_id)
    seat = seats.select_related("identity").first()
    return seat.identity if seat else None


def verdicts(
    people: Mapping[str, Actor], things: Mapping[str, Mapping[str, Any]], app: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Each policy (of one app), each thing, and the letters of those who may."""
    for policy, sort, asked in POLICIES:
        if policy.startswith(app):
            for name, thing in things[sort].items():
                yield policy, name, "".join(letter for letter, actor in people.items() if asked(actor, thing))
