"""What SECURITY.md and the pages in plain words must say, and that a false release is refused."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {language: ROOT / f"docs/security-model.{language}.md" for language in ("de", "nl", "en")}


def words_of(path: Path) -> str:
    return path.read_text("utf-8")


def sentences(path: Path) -> list[str]:
    """What people read, without headings, links' targets and the line of languages."""
    lines = [line for line in words_of(path).splitlines() if line and not line.startswith(("#", "[", "Deutsch ·"))]
    text = re.sub(
        r"\]\([^)]*\)|[*\[_]", "", " ".join(line.removeprefix("- ") + "\n" * (line[0] == "-") for line in lines)
    )
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n", text) if part.strip()]


@pytest.mark.parametrize("promise", ["within 3 days", "within 7 days", "within 90 days", "deploy/release-keys"])
def test_the_policy_says_by_when_and_how(promise):
    assert promise in words_of(ROOT / "SECURITY.md")


def test_the_page_in_plain_words_says_the_same_in_three_languages():
    shapes = {language: re.findall(r"^(## |- )", words_of(path), re.MULTILINE) for language, path in PLAIN.items()}
    assert shapes["de"] == shapes["nl"] == shapes["en"]
    assert shapes["en"].count("## ") == 7
    for path in PLAIN.values():
        numbers = set(re.findall(r"\b\d+\b", words_of(path)))
        assert {"3", "7", "90", "35"} <= numbers, path.name


@pytest.mark.parametrize("language", PLAIN)
def test_its_sentences_are_short(language):
    lengths = [len(sentence.split()) for sentence in sentences(PLAIN[language])]
    assert len(lengths) > 40
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 11


@pytest.mark.parametrize(
    "path", [*PLAIN.values(), ROOT / "SECURITY.md", ROOT / "docs/security.md"], ids=lambda p: p.name
)
def test_what_they_name_exists(path):
    for link in re.findall(r"\]\(([^)#:]+)\)", words_of(path)):
        assert (path.parent / link).exists(), link
    for name in re.findall(r"`(tests/[\w/.]+\.py)`", words_of(path)):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"`((?:kernel|operations)/[\w/.]+\.py)`", words_of(path)):
        assert (ROOT / "src/dorfplatz" / name).exists(), name


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose first version trusts the key “ours”; `checkout("tag", "-s", …)` is git in it."""
    for name in ("ours", "theirs"):
        made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", tmp_path / name]
        subprocess.run(made, check=True, capture_output=True)
    home = tmp_path / "checkout"
    (home / "deploy").mkdir(parents=True)
    who = ["-c", "user.name=Maker", "-c", "user.email=maker@example.org", "-c", "gpg.format=ssh"]

    def git(*words: str | Path) -> None:
        subprocess.run(["git", *who, *words], cwd=home, check=True, capture_output=True)

    git("init", "--quiet")
    trust(home, tmp_path / "ours.pub")
    git("add", ".")
    git("commit", "--quiet", "-m", "one")
    return git


def trust(home: Path, key: Path) -> None:
    with (home / "deploy/release-keys").open("a") as file:
        file.write(f"maker@example.org {key.read_text()}")


def verdict(tmp_path: Path, tag: str) -> int:
    script = ROOT / "tools/verify_release.sh"
    return subprocess.run([script, tag], cwd=tmp_path / "checkout", capture_output=True, check=False).returncode


@pytest.mark.skipif(not (shutil.which("git") and shutil.which("ssh-keygen")), reason="git or ssh-keygen is missing")
def test_a_release_is_ours_only_when_a_key_of_the_version_before_has_signed_it(checkout, tmp_path):
    checkout("-c", f"user.signingkey={tmp_path / 'ours'}", "tag", "-s", "v1", "-m", "one")
    checkout("tag", "v2")
    checkout("tag", "-a", "v3", "-m", "three")
    checkout("-c", f"user.signingkey={tmp_path / 'theirs'}", "tag", "-s", "v4", "-m", "four")
    checkout("checkout", "--quiet", "-b", "false")
    trust(tmp_path / "checkout", tmp_path / "theirs.pub")
    checkout("commit", "--quiet", "-am", "brings its own key")
    checkout("-c", f"user.signingkey={tmp_path / 'theirs'}", "tag", "-s", "v5", "-m", "five")
    checkout("checkout", "--quiet", "-")
    assert [verdict(tmp_path, f"v{number}") for number in range(1, 7)] == [0, 1, 1, 1, 1, 1]
