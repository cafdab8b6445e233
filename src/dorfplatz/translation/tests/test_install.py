"""The installer: from a server, from a folder, and with everything that can be wrong with either."""

import gzip
import json
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import call_command

from dorfplatz.translation.engines.choosing import models_folder
from dorfplatz.translation.tests import tiny_model
from dorfplatz.translation.tests.servers import serving, slowly
from dorfplatz.translation.weights import installing
from dorfplatz.translation.weights.manifest import models, pairs_for
from dorfplatz.translation.weights.shelf import installed

pytestmark = pytest.mark.enable_socket


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def published(tmp_path):
    """Files as a publisher has them, and the manifest that tells their sums."""
    files, listed = {}, []
    for number, pair in enumerate(("de-en", "en-de")):
        packed = []
        for part, content in {"model": tiny_model.model(number), "vocabulary": tiny_model.vocabulary()}.items():
            path, zipped = f"models/{pair}/{part}.{pair}.gz", gzip.compress(content, mtime=0)
            files[path] = zipped
            known = {"size": len(content), "sha256": sha256(content).hexdigest()} if part == "model" else {}
            packed.append(
                {
                    "part": part,
                    "path": path,
                    "packed_size": len(zipped),
                    "packed_sha256": sha256(zipped).hexdigest(),
                    **known,
                }
            )
        listed.append({"pair": pair, "build": "full", "bleu": 40.0, "files": packed})
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"models": listed}))
    return files, manifest


def run(*words, **options):
    out, errors = StringIO(), StringIO()
    code = 0
    try:
        call_command("translation", *words, stdout=out, stderr=errors, **options)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue() + errors.getvalue()


def test_one_command_installs_from_a_server_and_a_second_changes_nothing(published):
    files, manifest = published
    with serving(lambda path, body: (200, files[path[1:]])) as (base, asked):
        code, said = run("install", "de", "en", "--base", base, "--manifest", str(manifest))
        assert code == 0, said
        assert installed(models_folder()) == ["de-en", "en-de"]
        assert not (models_folder() / ".fetched").exists()
        asked.clear()
        assert "nothing has been changed" in run("install", "de", "--base", base, "--manifest", str(manifest))[1]
        assert asked == []
    assert run("verify") == (0, "All files are what they should be: de-en, en-de.\n")
    assert "de-en" in run("list")[1]
    assert run("remove", "de")[0] == 0
    assert installed(models_folder()) == []


def test_it_installs_from_a_folder_without_any_network(published, tmp_path):
    files, manifest = published
    for path, content in files.items():
        (tmp_path / "stick" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "stick" / path).write_bytes(content)
    assert run("install", "de", "--from", str(tmp_path / "stick"), "--manifest", str(manifest))[0] == 0
    assert installed(models_folder()) == ["de-en", "en-de"]
    assert (tmp_path / "stick" / "models/de-en/model.de-en.gz").exists(), "what was brought is left alone"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda files: lambda path, body: (200, files[path[1:]][:-1] + b"x"), "checksum is wrong"),
        (lambda files: lambda path, body: (200, b""), "checksum is wrong"),
        (lambda files: lambda path, body: ("cut", files[path[1:]]), "cannot be fetched"),
        (lambda files: lambda path, body: (404, b"nicht da"), "404"),
        (lambda files: slowly(1.0), "too long"),
    ],
    ids=["wrong", "empty", "cut", "missing", "slow"],
)
def test_what_is_wrong_on_the_server_is_said_and_leaves_nothing_behind(published, answer, says, monkeypatch):
    files, manifest = published
    monkeypatch.setattr(installing.Source, "__init__", _impatient(installing.Source.__init__))
    with serving(answer(files)) as (base, _):
        code, said = run("install", "de", "--base", base, "--manifest", str(manifest))
    assert code == 2
    assert says in said
    assert len(said.strip().splitlines()) == 1
    assert installed(models_folder()) == []
    assert not [*models_folder().rglob("*.part")]


def _impatient(init):
    return lambda self, folder=None, base="", file_s=0.4: init(self, folder, base, file_s)


def test_an_interrupted_installation_goes_on_where_it_was(published):
    files, manifest = published
    broken = next(path for path in files if "en-de" in path and "vocab" in path)
    with serving(lambda path, body: (200, files[path[1:]]) if path[1:] != broken else (503, b"")) as (base, asked):
        assert run("install", "de", "--base", base, "--manifest", str(manifest))[0] == 2
        assert installed(models_folder()) == ["de-en"]
        first = [path for path, _, _ in asked]
    with serving(lambda path, body: (200, files[path[1:]])) as (base, asked):
        assert run("install", "de", "--base", base, "--manifest", str(manifest))[0] == 0
        assert [path for path, _, _ in asked] == [f"/{broken}"]
    assert len(first) == 4
    assert installed(models_folder()) == ["de-en", "en-de"]


def test_a_server_that_is_not_there_and_a_folder_without_the_file_get_one_sentence(published, tmp_path):
    _, manifest = published
    code, said = run("install", "de", "--base", "http://127.0.0.1:9", "--manifest", str(manifest))
    assert (code, "cannot be reached" in said) == (2, True)
    code, said = run("install", "de", "--from", str(tmp_path / "leer"), "--manifest", str(manifest))
    assert (code, "is missing in the folder" in said) == (2, True)
    assert run("install", "tlh", "--manifest", str(manifest))[1] == "There is no model for tlh-en, en-tlh.\n"
    assert run("install", "en")[1] == "Please name a language besides English.\n"


def test_a_damaged_file_is_found_and_installed_again(published):
    files, manifest = published
    with serving(lambda path, body: (200, files[path[1:]])) as (base, _):
        run("install", "de", "--base", base, "--manifest", str(manifest))
        (models_folder() / "de-en" / "model").write_bytes(b"kaputt")
        code, said = run("verify", "de")
        assert (code, said) == (1, "de-en is damaged: model.\n")
        assert run("install", "de", "--base", base, "--manifest", str(manifest))[0] == 0
    assert run("verify")[0] == 0


def test_the_product_knows_sizes_and_sums_of_the_models_for_its_languages():
    for build in ("full", "small"):
        known = models(build)
        assert set(pairs_for(["de", "nl", "en"])) <= set(known)
        for model in known.values():
            assert {file.part for file in model.files} == {"model", "vocabulary", "shortlist"}
            assert all(len(file.packed_sha256) == 64 and file.packed_size > 1000 for file in model.files)
            assert len(model.key) == 64
    assert sum(model.packed_size for model in models().values()) < 120_000_000
