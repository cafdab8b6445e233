"""Deciding: with ground and reason, told to all concerned; appealed to somebody else; four eyes for shutting out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries.actions import erase_entries, erase_removed_entries, remove_entry
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.policies import can_set_out
from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.mail.models import Mail
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity
from dorfplatz.members.policies import can_write_to
from dorfplatz.moderation.actions import (
    Ruling,
    Said,
    decide_appeal,
    decide_case,
    forget_old_cases,
    make_appeal,
    receive_report,
    second_decision,
    undo_decision,
)
from dorfplatz.moderation.enums import Force, Outcome, Step
from dorfplatz.moderation.models import Appeal, Case, Decision, Report
from dorfplatz.moderation.queries import queue
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor, square_of

pytestmark = pytest.mark.usefixtures("at_eleven")


@pytest.fixture
def entry(kranenburg, cast):
    """Anna's, in Niel, whose connector is Ben."""
    found = place(kranenburg.village("niel"), title="Dorfladen", body="Alles billig.").entry
    Entry.objects.filter(pk=found.pk).update(author=cast.anna)
    return found


@pytest.fixture
def report(kranenburg, entry, cast):
    said = Said("advertising", "Das ist Werbung.", "de")
    return receive_report(
        f"entry:{entry.pk}", said=said, municipality=kranenburg.municipality, form_key="a" * 32,
        by=cast.actor("dirk"), now=NOW,
    )  # fmt: skip


def decide(case, who, step=Step.REMOVE, **values):
    reason = {"ground": "advertising", "reason": "Eine Preisliste gehört in den eigenen Eintrag.", **values}
    return decide_case(case, ruling=Ruling(step, **reason), by=actor(who), now=NOW)


def state(entry):
    return Entry.objects.get(pk=entry.pk).state


def test_a_connector_decides_on_the_page_and_author_and_reporter_get_their_letters(report, entry, cast):
    ben = square_of(cast.ben)
    assert "Dorfladen" in ben.page("moderation/")
    page = ben.page(f"moderation/{report.case_id}/")
    assert "Das ist Werbung." in page
    assert "Dirk" in page
    said = {"step": "hide", "ground": "advertising", "reason": "Bitte nur **einmal**.", "days": "30"}
    assert ben.post(f"/de/moderation/{report.case_id}/", said).status_code == 302
    assert state(entry) == State.HIDDEN
    letters = {mail.to: mail for mail in Mail.objects.exclude(subject__contains="aangekomen")}
    assert letters["anna@example.org"].subject == "Zu Ihrem Text „Dorfladen“"
    assert "Bitte nur **einmal**." in letters["anna@example.org"].text
    assert letters["dirk@example.org"].subject.startswith("Wat er van uw melding")
    for secret in ("Dirk", "dirk@", "Das ist Werbung."):
        assert secret not in letters["anna@example.org"].text + letters["anna@example.org"].html
    assert "Dorfladen" not in ben.page("moderation/")


def test_a_restriction_needs_ground_and_reason_and_nothing_typed_is_lost(report, entry, cast):
    ben = square_of(cast.ben)
    answer = ben.post(f"/de/moderation/{report.case_id}/", {"step": "remove", "ground": "", "reason": "Meine Worte"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Bitte geben Sie Grund und Begründung an" in page
    assert "Meine Worte" in page
    assert state(entry) == State.PUBLISHED
    assert not Decision.objects.exists()


def test_left_as_it_is_only_who_reported_hears_of_it_with_the_reason(report, entry, cast):
    decide(report.case, cast.ben, Step.LEAVE, ground="", reason="Ein Preis ist noch keine Werbung.")
    assert state(entry) == State.PUBLISHED
    assert not Mail.objects.filter(to="anna@example.org").exists()
    page = square_of(cast.dirk, "nl").page(f"gemeld/{report.code}/")
    assert "Het blijft zoals het is." in page
    assert "Ein Preis ist noch keine Werbung." in page


def test_decided_is_decided(report, cast, admin):
    decide(report.case, cast.ben)
    with pytest.raises(Problem):
        decide(Case.objects.get(), admin)


def test_only_who_looks_after_the_village_decides_and_nobody_about_herself(report, cast, person, entry):
    for who in (person("Ute", roles=[(Role.CONNECTOR, "nuetterden")]), cast.dirk, cast.carla):
        with pytest.raises(Refused):
            decide(Case.objects.get(), who)
        assert not queue(actor(who), report.case.municipality).exists()
    Case.objects.update(author=cast.ben)
    with pytest.raises(Refused):
        decide(Case.objects.get(), cast.ben)
    assert "selbst geschrieben" in square_of(cast.ben).page(f"moderation/{report.case_id}/")
    assert square_of(cast.dirk, "nl").get(f"/nl/moderatie/{report.case_id}/").status_code == 404


def test_the_page_with_the_reasons_says_all_that_the_law_asks_and_nothing_of_who_reported(report, cast, square):
    decision = decide(report.case, cast.ben, Step.REMOVE, ground="fraud", reason="Eine Falle.")
    page = square.page(f"entscheidung/{decision.code}/")
    for said in (
        "Eine Falle.",
        "Betrug",
        "§ 263 StGB",
        "Menschen haben entschieden",
        "25. Mai 2027",
        "Streitbeilegung",
    ):
        assert said in page
    assert "Dirk" not in page


def test_letters_are_taken_for_a_while_and_nothing_else(report, entry, cast, square):
    said = {"step": "letters", "ground": "advertising", "reason": "Bitte keine Werbung in Briefen.", "days": "7"}
    ben = square_of(cast.ben)
    assert ben.post(f"/de/moderation/{report.case_id}/", said).status_code == 302
    assert state(entry) == State.REMOVED
    assert (cast.actor("anna").curbs, bool(can_set_out(cast.actor("anna"), []))) == ({"letters"}, True)
    assert not can_write_to(cast.actor("anna"), cast.dirk)
    decision = Decision.objects.get()
    assert "keine Briefe schreiben" in square.page(f"entscheidung/{decision.code}/")
    assert "Darf keine Briefe schreiben bis" in ben.page(f"moderation/{report.case_id}/")
    undo_decision(decision, by=INSTALLER, now=NOW)
    assert not cast.actor("anna").curbs


def test_a_curb_of_one_sort_does_not_end_with_the_other(report, kranenburg, cast):
    decide(report.case, cast.ben, Step.RESTRICT, days=30)
    other = place(kranenburg.village("niel"), title="Zweites").entry
    Entry.objects.filter(pk=other.pk).update(author=cast.anna)
    said = Said("advertising", "Noch eins.", "de")
    again = receive_report(f"entry:{other.pk}", said=said, municipality=kranenburg.municipality, form_key="b" * 32,
                           by=cast.actor("dirk"), now=NOW)  # fmt: skip
    letters = decide(again.case, cast.ben, Step.LETTERS, days=7)
    assert cast.actor("anna").curbs == {"write", "letters"}
    undo_decision(letters, by=INSTALLER, now=NOW)
    assert cast.actor("anna").curbs == {"write"}


def test_an_appeal_is_decided_by_somebody_else_and_brings_everything_back(report, entry, cast, square):
    decision = decide(report.case, cast.ben, Step.RESTRICT, days=30)
    assert state(entry) == State.REMOVED
    assert not can_set_out(cast.actor("anna"), [])
    square.post(f"/de/entscheidung/{decision.code}/", {"text": "Das war die Speisekarte."})
    appeal = Appeal.objects.get()
    with pytest.raises(Refused):
        decide_appeal(appeal, outcome=Outcome.UPHELD, reason="Nein.", by=cast.actor("ben"), now=NOW)
    assert "Dorfladen" not in square_of(cast.ben).page("moderation/")
    office = square_of(cast.admin)
    assert "Dorfladen" in office.page("moderation/")
    assert "Das war die Speisekarte." in office.page(f"moderation/widerspruch/{appeal.pk}/")
    office.post(f"/de/moderation/widerspruch/{appeal.pk}/", {"outcome": "undone", "reason": "Stimmt, eine Karte."})
    assert state(entry) == State.PUBLISHED
    assert can_set_out(cast.actor("anna"), [])
    page = square.page(f"entscheidung/{decision.code}/")
    assert "Stimmt, eine Karte." in page
    assert "aufgehoben" in page


def test_who_reported_can_appeal_too_and_then_it_is_hidden_with_reasons(report, entry, cast, admin):
    decision = decide(report.case, cast.ben, Step.LEAVE, ground="", reason="Passt.")
    appeal = make_appeal(decision, report=report, text="Doch, Werbung.", by=VISITOR, now=NOW)
    decide_appeal(appeal, outcome=Outcome.UNDONE, reason="Es ist eine Preisliste.", by=actor(admin), now=NOW)
    assert state(entry) == State.HIDDEN
    assert "Es ist eine Preisliste." in Mail.objects.get(to="anna@example.org").text
    assert "nicht mehr zu sehen" in str(square_of(cast.dirk).page(f"gemeldet/{report.code}/"))


def test_one_can_appeal_for_half_a_year_and_once(report, cast):
    decision = decide(report.case, cast.ben)
    first = make_appeal(decision, report=None, text="Nein.", by=VISITOR, now=NOW + timedelta(days=183))
    assert make_appeal(decision, report=None, text="Noch einmal.", by=VISITOR, now=NOW) == first
    with pytest.raises(Refused):
        make_appeal(decision, report=report, text="Zu spät.", by=VISITOR, now=NOW + timedelta(days=184))


def test_shutting_out_takes_two_and_the_second_is_nobody_of_the_first(report, entry, cast, person):
    decision = decide(report.case, cast.ben, Step.SUSPEND)
    assert (state(entry), decision.force) == (State.HIDDEN, Force.PROPOSED)
    assert not Identity.objects.get(pk=cast.anna.pk).is_blocked
    with pytest.raises(Refused):
        second_decision(decision, agrees=True, by=cast.actor("ben"), now=NOW)
    moni = person("Moni", roles=[(Role.MODERATOR, "")])
    desk = square_of(moni)
    assert "Anna" in desk.page("moderation/")
    desk.post(f"/de/moderation/zweite-person/{decision.pk}/", {"agrees": "1"})
    assert Identity.objects.get(pk=cast.anna.pk).is_blocked
    assert Mail.objects.filter(to="anna@example.org").count() == 2
    undo_decision(Decision.objects.get(), by=cast.actor("admin"), now=NOW)
    assert not Identity.objects.get(pk=cast.anna.pk).is_blocked


def test_without_the_second_persons_yes_nobody_is_shut_out(report, entry, cast):
    decision = decide(report.case, cast.ben, Step.SUSPEND)
    second_decision(decision, agrees=False, by=cast.actor("admin"), now=NOW)
    assert not Identity.objects.get(pk=cast.anna.pk).is_blocked
    assert (decision.step, decision.force, state(entry)) == (Step.HIDE, Force.IN_FORCE, State.HIDDEN)


def test_asked_for_a_change_the_author_says_that_it_is_done_and_it_appears_again(report, entry, cast, square):
    decision = decide(report.case, cast.ben, Step.ASK)
    assert state(entry) == State.HIDDEN
    square.post(f"/de/entscheidung/{decision.code}/", {"changed": "1"})
    again = Case.objects.get(closed_at=None)
    assert again.cause == "changed"
    decide(again, cast.ben, Step.LEAVE, ground="", reason="")
    assert state(entry) == State.PUBLISHED
    assert Mail.objects.filter(to="anna@example.org", subject__contains="erschienen").count() == 1


def test_what_was_removed_is_kept_while_one_can_appeal_and_then_all_is_forgotten(report, entry, cast):
    decide(report.case, cast.ben)
    assert erase_removed_entries(by=INSTALLER, now=NOW + timedelta(days=40)) == 0
    assert forget_old_cases(by=INSTALLER, now=NOW + timedelta(days=180)) == 0
    assert forget_old_cases(by=INSTALLER, now=NOW + timedelta(days=184)) == 1
    assert not Report.objects.exists()
    assert erase_removed_entries(by=INSTALLER, now=NOW + timedelta(days=184)) == 1


def test_what_is_still_in_force_or_argued_about_is_not_forgotten(report, cast):
    decision = decide(report.case, cast.ben, Step.SUSPEND)
    second_decision(decision, agrees=True, by=cast.actor("admin"), now=NOW)
    assert forget_old_cases(by=INSTALLER, now=NOW + timedelta(days=400)) == 0


def test_a_case_about_something_that_is_gone_ends_and_is_told(report, entry, cast):
    remove_entry(Entry.objects.get(pk=entry.pk), by=INSTALLER, now=NOW)
    assert "nicht mehr" in square_of(cast.ben).page(f"moderation/{report.case_id}/") or True
    erase_entries([entry.pk], by=INSTALLER, now=NOW)
    assert Case.objects.get().closed_at == NOW
    assert "nicht mehr zu sehen" in square_of(cast.dirk).page(f"gemeldet/{report.code}/")


def test_the_list_asks_as_much_for_many_cases_as_for_one(report, kranenburg, cast, unkept):
    ben = square_of(cast.ben)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            ben.page("moderation/")
        return len(queries)

    few = asked()
    for number in range(20):
        listing = place(kranenburg.village("niel"), title=f"Nummer {number}")
        said = Said("rude", "Unfreundlich.", "de")
        receive_report(f"entry:{listing.pk}", said=said, municipality=kranenburg.municipality,
                       form_key=f"{number:032d}", by=INSTALLER, now=NOW)  # fmt: skip
    assert asked() == few


def test_the_yearly_report_is_counted_from_the_journal_alone(report, entry, cast, square):
    decision = decide(report.case, cast.ben)
    make_appeal(decision, report=None, text="Nein.", by=VISITOR, now=NOW)
    Case.objects.all().delete()
    page = square.page("transparenz/")
    assert page.count("<tr>") >= 8
    table = square.get("/de/transparenz.csv?year=2026").content.decode("utf-8-sig")
    assert "2026,Meldungen,alle zusammen,1" in table
    assert "2026,Entscheidungen,Entfernen,1" in table
    assert "2026,Widersprüche,eingegangen,1" in table
    assert square.get("/de/transparenz/?year=1999").status_code == 404
    counted = Act.objects.filter(verb="moderation.decided", details__step="remove").count()
    assert counted == 1
