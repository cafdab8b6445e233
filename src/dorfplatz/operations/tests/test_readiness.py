import json

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from dorfplatz.jobs.models import Worker
from dorfplatz.kernel.access import Access, members_only, needs, public
from dorfplatz.operations.checks import every_route_declares_its_access, problems_of, problems_of_sqlite
from dorfplatz.operations.checks import the_database_engine_is_sound as engine_check
from dorfplatz.operations.preparation import fingerprint_of_static_files, gather_static_files
from dorfplatz.operations.routes import routes, said_access


@pytest.fixture
def worker(db):
    return Worker.objects.create(started_at=timezone.now(), beat_at=timezone.now())


def ask(client):
    response = client.get("/readyz")
    return response.status_code, json.loads(response.content)


def said(content, subject: str) -> dict:
    return next(finding for finding in content["findings"] if finding["subject"] == subject)


def test_the_process_is_alive_without_a_single_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_it_is_ready_when_everything_is_well(client, worker):
    status, content = ask(client)
    assert status == 200
    assert content["ready"] is True
    assert [finding["well"] for finding in content["findings"]] == [True, True, True]


def test_without_a_worker_it_is_not_ready(client, db):
    status, content = ask(client)
    assert status == 503
    assert said(content, "database")["well"]
    assert not said(content, "worker")["well"]


def test_a_worker_that_has_been_silent_for_long_does_not_count(client, worker):
    Worker.objects.update(beat_at=timezone.now() - timezone.timedelta(minutes=5))
    assert ask(client)[0] == 503


def test_tables_older_than_the_program_are_not_ready(client, worker):
    MigrationRecorder.Migration.objects.filter(app="jobs").delete()
    status, content = ask(client)
    assert status == 503
    assert not said(content, "tables")["well"]


def test_a_database_that_does_not_answer_is_said_without_its_message(client, db):
    def refuse(execute, sql, params, many, context):
        raise DatabaseError("connection to server at 10.0.0.7 failed")

    with connection.execute_wrapper(refuse):
        status, content = ask(client)
    assert status == 503
    assert [finding["subject"] for finding in content["findings"]] == ["database"]
    assert "10.0.0.7" not in json.dumps(content)


def test_the_sentences_are_in_the_asked_language(client, worker):
    content = json.loads(client.get("/readyz", headers={"accept-language": "nl"}).content)
    assert said(content, "database")["says"] == "De database antwoordt."


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_only_look(client, db, address):
    assert client.post(address).status_code == 405


def test_every_address_of_the_installation_has_a_name_and_a_declared_access():
    assert every_route_declares_its_access() == []


def view(request):
    raise AssertionError


def test_an_address_without_name_or_access_fails_the_start():
    resolver = URLResolver(RegexPattern(r""), [path("secret/", view), path("open/", public(lambda r: None), name="x")])
    found = problems_of(routes(resolver))
    assert [problem.id for problem in found] == ["operations.E001", "operations.E002"]
    assert "secret/" in found[0].msg


def test_routes_are_named_with_their_space():
    inner = URLResolver(RegexPattern(r"a/"), [path("b/", public(lambda r: None), name="b")], namespace="space")
    found = list(routes(URLResolver(RegexPattern(r""), [inner, URLPattern(RegexPattern("c"), view)])))
    assert [(route.name, route.pattern) for route in found] == [("space:b", "a/b/"), ("", "c")]


def test_an_access_is_said_in_one_word():
    def any_view(request): ...

    assert said_access(public(any_view).access) == "anyone"
    assert said_access(members_only(any_view).access) == "member"
    assert said_access(needs("places.confirm")(any_view).access) == "needs:places.confirm"
    assert said_access(Access("member")) == "member"


def test_an_unsound_database_engine_is_warned_of():
    assert engine_check() == []
    assert problems_of_sqlite((3, 51, 3)) == problems_of_sqlite((4, 0, 0)) == []
    assert [problem.id for problem in problems_of_sqlite((3, 51, 2))] == ["operations.W001"]
    assert "3.40.1" in problems_of_sqlite((3, 40, 1))[0].msg


def test_static_files_are_gathered_only_when_one_has_changed(tmp_path, settings):
    source, settings.STATIC_ROOT = tmp_path / "source", tmp_path / "gathered"
    source.mkdir()
    (source / "a.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    before = fingerprint_of_static_files()
    assert gather_static_files() is True
    assert gather_static_files() is False
    (source / "a.css").write_text("a { color: blue! }")
    assert fingerprint_of_static_files() != before
    assert gather_static_files() is True
    assert (tmp_path / "gathered" / "a.css").read_text() == "a { color: blue! }"
