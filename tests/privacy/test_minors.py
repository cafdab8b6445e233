"""Of somebody under 16 the square knows a band: no age, no birthday; and where she lives it tells nobody."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re

import pytest
from django import forms
from django.apps import apps
from django.db import models

import dorfplatz
from dorfplatz.comments.actions import write_comment
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Joining
from dorfplatz.square.tests.factories import post
from tests.bad_input.test_redirects import read_names
from tests.fixtures.kranenburg import NOW, Square
from tests.fixtures.people import actor, square_of

# Words for an age in names of fields, parameters and columns.
AGE = re.compile(
    r"(?:^|_)(?:age|aged|birth\w*|born\w*|birthday|geburt\w*|geboren|geboorte\w*|alter|leeftijd|year)(?:_|$)"
)
# For whom a club or a course is: nothing about a person. The yearly report is asked for a year.
OF_OFFERS = {"minimum_age", "maximum_age", "min_age", "max_age"}
BAND = [("older", "16 oder älter"), ("younger", "unter 16")]


@pytest.fixture
def kim(person, kranenburg):
    """Fourteen, with her mother's word, in Niel."""
    kim = person("Kim", home="niel")
    Joining.objects.create(identity=kim, is_minor=True, guardian="Greta Vogel", joined_at=NOW)
    return kim


def fields_about_age(names: set[str]) -> set[str]:
    return {name for name in names if AGE.search(name)} - OF_OFFERS


def test_no_column_of_any_table_holds_an_age_or_a_birthday():
    """The band is all there is, and no day stands in a table about members but those on which they were seen."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("dorfplatz.")]
    columns = {(model._meta.label, field.name) for model in ours for field in model._meta.get_fields()}
    assert {(label, name) for label, name in columns if fields_about_age({name})} == set()
    days = {
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.local_fields
        if type(field) is models.DateField and model._meta.app_label == "members"
    }
    assert days == {"members.Look.on", "members.Device.seen_on"}
    assert isinstance(Joining._meta.get_field("is_minor"), models.BooleanField)
    assert fields_about_age({"age", "birth_date", "born_on", "year_of_birth", "minimum_age", "page"}) == {
        "age", "birth_date", "born_on", "year_of_birth",
    }  # fmt: skip


def test_no_form_asks_for_an_age_but_in_two_bands():
    """Every form of the product is looked at; the one at the door offers two answers."""
    asked = set()
    for module in pkgutil.walk_packages(dorfplatz.__path__, "dorfplatz."):
        if ".forms" in module.name or module.name.endswith("_form"):
            for _name, form in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if issubclass(form, forms.BaseForm):
                    asked |= {(form.__name__, name) for name in fields_about_age(set(form.base_fields))}
    assert {name for _form, name in asked} == {"age"}
    assert {form for form, _name in asked} == {"CardJoinForm", "JoinForm", "MailJoinForm"}
    from dorfplatz.members.forms.joining import CardJoinForm  # noqa: PLC0415  for this line only

    assert [(key, str(word)) for key, word in CardJoinForm.base_fields["age"].choices] == BAND


def test_no_page_list_interface_or_feed_lets_one_ask_for_an_age(square):
    assert fields_about_age(read_names()) <= {"year"}  # of the yearly report
    ways = square.get("/api/v1/openapi.json").json()["paths"].values()
    names = {one["name"] for way in ways for one in way.get("get", {}).get("parameters", []) if "name" in one}
    assert len(names) > 5
    assert fields_about_age(names) == set()


def test_nobody_is_told_how_old_she_is_who_said_yes_or_where_she_lives(kim, person, kranenburg, at_eleven):
    """What she writes stands with her name alone; her band and her guardian are hers to read, and on no list."""
    niel = kranenburg.village("niel")
    text = post(niel, by=actor(kim), title="Wer spielt mit?").entry
    write_comment(text, text="Sonntag!", form_key="k" * 32, by=actor(kim), now=NOW)
    readers = [Square(), square_of(person("Uwe", home="niel")), square_of(person("Ole", roles=[(Role.OFFICER, "")]))]
    readers.append(square_of(person("Ute", roles=[(Role.CONNECTOR, "nuetterden")])))
    pages = ["", "niel/", "nachbarn/", "beitraege/", f"e/{text.code}/", "suche/?q=spielt", "suche/?q=Kim",
             "transparenz/", "karte/", "suche-biete/", "termine/"]  # fmt: skip
    for square in readers:
        said = [square.get(f"/de/{path}", follow=True).content.decode() for path in pages]
        said += [square.get(path, follow=True).content.decode() for path in ("/feed.atom", "/api/v1/map.geojson")]
        for page in said:
            assert "Greta" not in page
            assert not re.search(r"Kim\W{0,200}(?:<[^>]*>|\s|,)*Niel", page), re.findall(r"Kim.{0,80}", page)
            assert "unter 16" not in page
        assert square.get(f"/de/mitglied/{kim.code}/").status_code == 404
    own = square_of(kim).page("meine-seite/meine-daten/")
    assert "Greta Vogel" in own
