"""From host name to municipality, and what somebody sees who has not reached any."""

from __future__ import annotations

import pytest

from dorfplatz.villages.actions import set_up_municipality
from dorfplatz.villages.description import parse_description
from dorfplatz.villages.models import Host, Municipality
from dorfplatz.villages.queries import PORT_NOTE, base_url, is_public_host, municipality_at, site_of
from tests.fixtures.kranenburg import INSTALLER, NOW, Square


@pytest.fixture
def second(kranenburg) -> Municipality:
    raw = {
        "municipality": {"slug": "goch", "name": "Goch", "country": "DE", "hosts": ["goch.example"]},
        "village": [{"slug": "pfalzdorf", "name": "Pfalzdorf", "lat": 51.7, "lon": 6.2}],
    }
    return set_up_municipality(parse_description(raw, {}), by=INSTALLER, now=NOW)[0]


def test_a_municipality_alone_answers_on_every_host(kranenburg):
    assert municipality_at("whatever.example") == kranenburg.municipality


def test_of_several_each_answers_on_its_own_hosts(kranenburg, second):
    assert municipality_at("GOCH.example") == second
    assert municipality_at("whatever.example") is None
    Host.objects.create(name="kranenburg.example", municipality=kranenburg.municipality)
    assert municipality_at("kranenburg.example") == kranenburg.municipality


def test_the_demonstration_beside_others_answers_at_home_only(kranenburg, second):
    Municipality.objects.filter(pk=kranenburg.municipality.pk).update(is_demonstration=True)
    assert municipality_at("localhost") == kranenburg.municipality
    assert municipality_at("platz.de") is None


def test_neighbours_known_by_name_answer_nowhere(kranenburg):
    assert Municipality.objects.filter(is_served=False).exists()
    assert municipality_at("berg-en-dal.example") == kranenburg.municipality


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("localhost", False), ("127.0.0.1", False), ("[::1]", False), ("192.168.2.7", False), ("dorf.local", False),
        ("kranenburg", False), ("platz.home.arpa", False), ("kranenburg.de", True), ("Kranenburg.DE.", True),
        ("8.8.8.8", True), ("[2001:4860:4860::8888]", True),
    ],
)  # fmt: skip
def test_public_names_are_told_from_local_ones(host, public):
    assert is_public_host(host) is public


@pytest.mark.parametrize(("language", "words"), [("de", "noch keinen Dorfplatz"), ("nl", "nog geen dorpsplein")])
def test_a_name_that_leads_nowhere_gets_a_page_in_the_readers_language(db, language, words):
    answer = Square(language, host="nowhere.example").get("/")
    assert answer.status_code == 404
    assert words in answer.content.decode()
    assert f'<html lang="{language}">' in answer.content.decode()
    assert "dorfplatz setup" in answer.content.decode()
    assert answer["Content-Language"] == language


def test_the_address_decides_the_language_of_that_page_too(db):
    answer = Square("de", host="nowhere.example").get("/nl/kaart/")
    assert "nog geen dorpsplein" in answer.content.decode()


def test_the_demonstration_is_not_shown_under_a_public_name(kranenburg):
    Municipality.objects.update(is_demonstration=True)
    answer = Square("de", host="platz.kranenburg.de").get("/de/anmelden/")
    assert answer.status_code == 403
    assert "nur daheim" in answer.content.decode()
    assert Square("de", host="localhost").get("/de/anmelden/").status_code == 200
    assert Square("de", host="[::1]:8000").get("/de/anmelden/").status_code == 200


def test_probes_need_no_municipality(db):
    assert Square(host="nowhere.example").get("/healthz").status_code == 200


def test_links_in_mails_begin_with_the_municipalitys_first_host(kranenburg, settings):
    assert base_url(kranenburg.municipality) == "http://localhost"
    Host.objects.create(name="platz.kranenburg.de", municipality=kranenburg.municipality)
    assert base_url(kranenburg.municipality) == "http://platz.kranenburg.de"
    settings.SESSION_COOKIE_SECURE = True
    assert base_url(kranenburg.municipality) == "https://platz.kranenburg.de"


@pytest.mark.parametrize(("note", "port"), [("8000", ":8000"), ("80", ""), ("x", ""), ("", ""), ("\xff", "")])
def test_at_home_links_carry_the_port_of_the_running_server(kranenburg, settings, tmp_path, note, port):
    settings.HOME = tmp_path
    (tmp_path / PORT_NOTE).write_text(note, "latin-1")
    assert base_url(kranenburg.municipality) == f"http://localhost{port}"
    Host.objects.create(name="platz.kranenburg.de", municipality=kranenburg.municipality)
    assert base_url(kranenburg.municipality) == "http://platz.kranenburg.de"


def test_the_site_is_loaded_in_two_queries_however_many_villages(kranenburg, django_assert_num_queries):
    with django_assert_num_queries(2):
        site = site_of(kranenburg.municipality)
        assert [village.slug for village in site.villages] == ["nuetterden", "zyfflich", "niel"]
        assert [(area.slug, str(area.parent)) for area in site.outside] == [("groesbeek", "Berg en Dal")]
        assert [near.slug for near in site.neighbours(site.by_slug["zyfflich"])] == ["niel", "groesbeek"]
