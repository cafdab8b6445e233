"""The rules of the house that no linter knows, and for each a proof that it can fail."""

import shutil
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from dorfplatz.config.env import env_example
from tests.architecture.rules import code, floors, words
from tests.architecture.rules.source import HOUSE, ROOT, Source, modules, templates
from tests.architecture.rules.source import code as running_code

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FLOORS = floors.read_floors(PYPROJECT)
LISTS = Path(__file__).parent
APPS = sorted(path.name for path in HOUSE.iterdir() if (path / "apps.py").exists())


def listed(name: str) -> dict[str, str]:
    """A list of reviewed exceptions: on each line a name and, after two spaces, why."""
    pairs = (line.partition("  ") for line in (LISTS / name).read_text().splitlines() if line and line[0] != "#")
    return {key: why.strip() for key, _, why in pairs}


def none(problems) -> None:
    found = list(problems)
    assert not found, "\n" + "\n".join(found)


def bad(path: str, text: str) -> Source:
    return Source(path, text)


def package_of(source: Source) -> set[str] | None:
    """For a module inside actions/ or queries/: what that package shows. None when everything is shown."""
    if len(source.parts) < 3 or source.name == "__init__.py":
        return None
    inits = (m for m in modules() if m.path == f"{source.parts[0]}/{source.parts[1]}/__init__.py")
    return code.shown_by(next(inits))


def storey(name: str) -> list[Source]:
    return [source for source in running_code() if len(source.parts) > 1 and source.parts[1] == name]


def libraries() -> dict[str, str]:
    return {source.parts[-1]: source.app for source in modules() if "/templatetags/" in source.path}


# Floors


def test_the_contract_of_the_floors_has_no_exceptions():
    none(floors.contract_problems(PYPROJECT))
    broken = {"tool": {"importlinter": {"contracts": [{"id": "floors", "layers": [], "ignore_imports": ["a -> b"]}]}}}
    assert len(list(floors.contract_problems(broken))) == 2


def test_the_floors_are_those_of_the_contract():
    assert FLOORS.knows("places", "entries")
    assert FLOORS.knows("places", "django")
    assert not FLOORS.knows("entries", "places")
    assert not FLOORS.knows("api", "portal")
    assert set(APPS) <= set(FLOORS.height)


def test_no_string_names_a_model_above():
    none(
        problem
        for source in modules()
        if not source.is_test
        for problem in floors.model_reference_problems(source, FLOORS)
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("entries/models.py", 'x = models.ForeignKey("places.Listing", models.CASCADE)'),
        ("entries/models.py", 'x = models.ManyToManyField(to="entries.Entry", through="places.Listing")'),
        ("villages/models.py", "x = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)"),
        ("jobs/queries.py", 'x = apps.get_model("members", "Identity")'),
        ("villages/migrations/0001_initial.py", 'class Migration:\n    dependencies = [("places", "0001_initial")]'),
    ],
)
def test_the_rule_of_models_can_fail(path, text):
    assert list(floors.model_reference_problems(bad(path, text), FLOORS))


def test_no_string_names_a_module_template_or_address_above():
    none(problem for source in running_code() for problem in floors.name_problems(source, FLOORS))


@pytest.mark.parametrize(
    "text",
    [
        'enqueue("dorfplatz.places.tasks.look")',
        'x = "places/card.html"',
        'reverse("places:map")',
        'redirect("places:map", slug)',
        'reverse_lazy("map")',
    ],
)
def test_the_rule_of_names_can_fail(text):
    assert list(floors.name_problems(bad("entries/views.py", text), FLOORS))
    assert not list(floors.name_problems(bad("places/views.py", text.replace('"map"', '"ui:map"')), FLOORS))


def test_no_template_reaches_above():
    known = libraries()
    none(problem for source in templates() for problem in floors.template_problems(source, FLOORS, known))


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "places/page.html" %}',
        '{% include "places/card.html" with x=y %}',
        "{% url 'places:map' %}",
        "{% url 'map' %}",
        "{% load i18n places_tags %}",
        "{% load card from places_tags %}",
        '{% static "places/map.js" %}',
    ],
)
def test_the_rule_of_templates_can_fail(text):
    found = floors.template_problems(bad("entries/templates/entries/x.html", text), FLOORS, {"places_tags": "places"})
    assert list(found)


def test_a_template_lies_under_the_name_of_its_app():
    assert list(floors.template_problems(bad("entries/templates/x.html", ""), FLOORS, {}))
    assert not list(floors.template_problems(bad("ui/templates/404.html", ""), FLOORS, {}))


# Modules


def test_every_module_is_named_for_its_subject():
    none(problem for source in modules() for problem in code.name_problems(source))
    assert list(code.name_problems(bad("places/utils.py", "")))
    assert list(code.name_problems(bad("places/services.py", "")))
    assert not list(code.name_problems(bad("places/models/services.py", "")))


def test_nothing_is_too_long():
    none(problem for source in (*modules(), *templates()) for problem in code.size_problems(source))
    assert list(code.size_problems(bad("places/x.py", "\n" * 401)))
    assert list(code.size_problems(bad("places/templates/places/x.html", "\n" * 201)))
    assert list(code.size_problems(bad("places/urls.py", "\n" * 61)))


def test_imports_stand_at_the_top():
    none(problem for source in running_code() for problem in code.late_import_problems(source))
    late = "def ready():\n    import x\n"
    assert list(code.late_import_problems(bad("places/queries.py", late)))
    assert not list(code.late_import_problems(bad("places/apps.py", late)))


def test_actions_are_atomic_and_say_who_acts():
    known = listed("excused_actions.txt")
    none(p for source in storey("actions") for p in code.action_problems(source, package_of(source), known))


@pytest.mark.parametrize(
    "text",
    [
        "def publish_entry(entry, *, by, now): ...",
        "@transaction.atomic\ndef publish_entry(entry, *, now): ...",
        "@transaction.atomic\ndef publish_entry(entry, by, *, now): ...",
        "@transaction.atomic\ndef publish(entry, *, by, now): ...",
        "@transaction.atomic\ndef publish_entry(*entries, by, now): ...",
    ],
)
def test_the_rule_of_actions_can_fail(text):
    assert list(code.action_problems(bad("entries/actions.py", text), None, ()))


def test_a_right_action_passes():
    right = "@transaction.atomic\ndef publish_entry(entry, *, by, now): ...\ndef _inner(a, b): ..."
    assert not list(code.action_problems(bad("entries/actions.py", right), None, ()))
    assert not list(code.action_problems(bad("entries/actions/x.py", "def inner(a, b): ..."), {"publish_entry"}, ()))


def test_queries_know_who_looks():
    known = listed("system_queries.txt")
    none(p for source in storey("queries") for p in code.query_problems(source, package_of(source), known))
    assert list(code.query_problems(bad("entries/queries.py", "def feed(area): ..."), None, ()))
    assert not list(code.query_problems(bad("entries/queries.py", "def feed(area, *, viewer): ..."), None, ()))


def test_the_lists_of_exceptions_name_only_what_is_there_and_say_why():
    there = {
        name: {code.dotted(s, f) for s in storey(name) for f in code.public_functions(s, None)}
        for name in ("actions", "queries")
    }
    for file, name in (("excused_actions.txt", "actions"), ("system_queries.txt", "queries")):
        found = listed(file)
        named = {key.partition(" ")[0] for key in found}
        assert named <= there[name], f"{file}: {named - there[name]}"
        assert all(found.values()), file


def test_no_form_saves():
    none(problem for source in running_code() for problem in code.form_problems(source))
    assert list(code.form_problems(bad("places/views.py", "def v(form):\n    form.save()")))
    assert list(code.form_problems(bad("places/views.py", "def v(r):\n    PlaceForm(r.POST).save()")))
    assert not list(code.form_problems(bad("media/child.py", "def v(transformed):\n    transformed.save()")))


def test_every_exception_says_why():
    around = (
        Source(path.relative_to(ROOT).as_posix(), path.read_text())
        for folder in ("tests", "benchmarks", "tools")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != Path(__file__).name
    )
    none(
        problem
        for source in (*modules(), *around)
        if not source.is_migration
        for problem in code.reason_problems(source)
    )


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # noqa",
        "x = 1  # noqa: E501",
        "x = 1  # type: ignore",
        "x = 1  # type: ignore[arg-type]",
        "pytest.mark.skip()",
        "pytest.mark.skipif(True)",
    ],
)
def test_the_rule_of_reasons_can_fail(text):
    assert list(code.reason_problems(bad("places/x.py", text)))


@pytest.mark.parametrize(
    "text",
    ["x = 1  # noqa: E501  an address", "x = 1  # type: ignore[arg-type]  # stubs lag", "pytest.skip('no Java')"],
)
def test_an_exception_with_a_reason_passes(text):
    assert not list(code.reason_problems(bad("places/x.py", text)))


def test_unescaped_text_and_raw_sql_are_few_and_reviewed():
    allowed = [line for line in (LISTS / "unsafe_lines.txt").read_text().splitlines() if line and line[0] != "#"]
    assert len(allowed) <= 20
    found = {line for source in (*modules(), *templates()) if not source.is_test for line in code.unsafe_lines(source)}
    assert found == set(allowed)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ui/x.py", "x = mark_safe(y)"),
        ("ui/templates/ui/x.html", "{{ x|safe }}"),
        ("ui/templates/ui/x.html", "{% autoescape off %}"),
        ("ui/x.py", "cursor.execute('SELECT 1')"),
        ("ui/x.py", "Entry.objects.raw('SELECT 1')"),
        ("ui/x.py", "x = Entry.objects.annotate(y=RawSQL('1', ()))"),
    ],
)
def test_the_rule_of_unsafe_lines_can_fail(path, text):
    assert list(code.unsafe_lines(bad(path, text)))


# Tables


def test_no_table_waits_for_a_migration_and_each_app_has_one_last_one():
    with translation.override(None):  # labels are compared as they stand in the source
        none(unmigrated())


def unmigrated():
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("dorfplatz.")}
    yield from (f"{app}: two last migrations" for app in loader.detect_conflicts() if app in ours)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    for app in sorted(ours & set(changes)):
        yield from (f"{app}: {operation}" for migration in changes[app] for operation in migration.operations)


# Words

needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="needs the gettext programs")


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_an_app_speaks_german_and_dutch_completely(app, language):
    folder = HOUSE / app
    if not words.speaks(folder):
        return
    none(words.incomplete_words(folder / "locale" / language / "LC_MESSAGES" / "django.po"))


@needs_gettext
@pytest.mark.parametrize("app", APPS)
def test_everything_an_app_says_is_in_its_catalogues(app, tmp_path):
    if words.speaks(HOUSE / app):
        none(words.missing_words(HOUSE / app, tmp_path))


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_same_words_are_translated_alike_in_all_apps(language):
    none(words.divided_words(HOUSE, language))


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Map"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Map"\nmsgstr "Karte"\n',
        '#, python-format\nmsgid "%(count)s places"\nmsgstr "%(anzahl)s Orte"\n',
    ],
)
def test_the_rule_of_complete_words_can_fail(entry, tmp_path):
    catalogue = tmp_path / "app/locale/de/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(HEAD + entry)
    assert list(words.incomplete_words(catalogue))


@needs_gettext
def test_the_rule_of_missing_words_can_fail(tmp_path):
    app = tmp_path / "app"
    catalogue = app / "locale/de/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(HEAD + 'msgid "Map"\nmsgstr "Karte"\n')
    (app / "views.py").write_text('from django.utils.translation import gettext as _\nx = _("Map") + _("Calendar")\n')
    (tmp_path / "workshop").mkdir()
    assert list(words.missing_words(app, tmp_path / "workshop")) == [
        "app de: “Calendar” is missing in the catalogue",
        "app nl: “Calendar” is missing in the catalogue",
        "app nl: “Map” is missing in the catalogue",
    ]


def test_the_rule_of_words_translated_alike_can_fail(tmp_path):
    for app, said in {"one": "Karte", "two": "Plan", "three": "Karte"}.items():
        catalogue = tmp_path / app / "locale/de/LC_MESSAGES/django.po"
        catalogue.parent.mkdir(parents=True)
        catalogue.write_text(HEAD + f'msgid "Map"\nmsgstr "{said}"\n')
    assert list(words.divided_words(tmp_path, "de")) == ["de: “Map” is “Karte” in one and “Plan” in two"]


# Settings


def test_the_example_of_settings_is_the_one_the_code_makes():
    assert (ROOT / ".env.example").read_text() == env_example()
