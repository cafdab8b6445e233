"""What the pages for operators name exists: commands, settings, files, sentences."""

import dataclasses
import re
import shutil
import subprocess
from argparse import ArgumentParser
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from dorfplatz.config.env import Env, read_env, variable_name

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs/operators").glob("*.md"))
EXAMPLES = sorted((ROOT / "deploy").iterdir())
ALL = [*PAGES, *EXAMPLES]
SETTINGS = {variable_name(field.name) for field in dataclasses.fields(Env)}


def words_of(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_setting_named_exists(path):
    named = set(re.findall(r"\bDORFPLATZ_[A-Z_]+[A-Z]\b", words_of(path)))
    assert named <= SETTINGS


def options_of(parser: ArgumentParser) -> set[str]:
    """Of a command, and of the commands that it has itself."""
    found = set(parser._option_string_actions)
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for inner in action.choices.values():
                found |= options_of(inner)
    return found


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_command_and_option_named_exists(path):
    known = get_commands()
    for line in words_of(path).splitlines():
        for name, rest in re.findall(r"(?<![/\w.])(?:bin/)?dorfplatz ([a-z]+)\b([^`|\n]*)", line):
            is_typed = line.startswith(("dorfplatz ", "age ", "ExecStart=")) or f"`dorfplatz {name}" in line
            if not is_typed:
                continue
            assert known.get(name, "").startswith("dorfplatz."), f"dorfplatz {name}"
            parser = load_command_class(known[name], name).create_parser("dorfplatz", name)
            known_options = options_of(parser)
            for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
                assert option in known_options, f"{name} {option}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_file_named_exists(path):
    for link in re.findall(r"\]\(([^)#:]+)\)", words_of(path)):
        assert (path.parent / link).exists(), link
    for name in re.findall(r"\bdeploy/[\w.-]+\w", words_of(path)):
        assert (ROOT / name).exists() or list(ROOT.glob(f"{name}*")), name


def test_every_target_of_make_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", words_of(ROOT / "Makefile"), re.MULTILINE))
    for path in PAGES:
        assert set(re.findall(r"(?:sudo |`)make ([a-z-]+)", words_of(path))) <= targets


def test_the_sentences_of_the_table_are_those_that_check_says():
    catalogue = words_of(ROOT / "src/dorfplatz/operations/locale/de/LC_MESSAGES/django.po")
    rows = re.findall(r"^\| ([^|]+) \|", words_of(ROOT / "docs/operators/trouble.md"), re.MULTILINE)[2:]
    assert len(rows) > 8
    code = (
        catalogue
        + words_of(ROOT / "src/dorfplatz/operations/checks.py")
        + words_of(ROOT / "src/dorfplatz/config/env.py")
    )
    for row in rows:
        for part in re.split(r"…|, (?=The last)|(?<=DORFPLATZ_)", row):
            said = part.strip().removesuffix("DORFPLATZ_").strip()
            assert said in code, said


def test_the_settings_of_the_example_are_understood():
    lines = [line.lstrip("#") for line in words_of(ROOT / "deploy/dorfplatz.env").splitlines() if "=" in line]
    env = read_env(dict(line.split("=", 1) for line in lines))
    assert env.https
    assert env.trusted_proxies == ("127.0.0.1",)
    assert env.database_url.startswith("postgresql://")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", [path for path in EXAMPLES if path.suffix in {".service", ".timer"}], ids=str)
def test_systemd_understands_the_unit(unit, tmp_path):
    for path in EXAMPLES:
        text = words_of(path).replace("/opt/dorfplatz/.venv/bin/dorfplatz", "/bin/true")
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name], capture_output=True, text=True, check=False
    )
    assert unit.name not in done.stderr, done.stderr
