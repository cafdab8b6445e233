"""Hostile files: nothing is stored as it came, nothing but pixels gets through, nothing costs more than its share."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import accept_upload
from dorfplatz.media.child import CPU_SECONDS, MEMORY_BYTES
from dorfplatz.media.enums import PictureState, Refusal
from dorfplatz.media.models import Picture
from dorfplatz.media.store import NAME
from dorfplatz.media.tests.corpus import Hostile, hostile_files, require_clean
from dorfplatz.media.workshop import run_orders

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
ANNA = Actor(identity_id=7)
SEED, BROKEN = 7, 390


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_no_hostile_file_gets_more_through_than_its_pixels(tmp_path):
    corpus = list(hostile_files(SEED, BROKEN))
    assert len(corpus) >= 500
    orders = []
    for number, hostile in enumerate(corpus):
        source, target = tmp_path / f"{number}.upload", tmp_path / f"{number}.copies"
        source.write_bytes(hostile.data)
        target.mkdir()
        orders.append({"do": "copy", "source": str(source), "target": str(target)})
    before = set(files_below(tmp_path))
    answers = run_orders(orders)

    outcome = Counter()
    written = set()
    for number, (hostile, answer) in enumerate(zip(corpus, answers, strict=True)):
        outcome[answer.get("refusal", "copied")] += 1
        if hostile.is_picture is not None:
            assert ("copies" in answer) is hostile.is_picture, (hostile.name, answer)
        assert answer["cpu_s"] <= CPU_SECONDS + 0.5
        assert answer["memory_kb"] * 1024 <= MEMORY_BYTES
        if "refusal" in answer:
            assert answer["refusal"] in Refusal.values
        for copy in answer.get("copies", []):
            path = tmp_path / f"{number}.copies" / copy["file"]
            written.add(path)
            require_clean(path.read_bytes(), path.suffix[1:], hostile.data)
    # A refused file may leave an unfinished copy in its own working folder, never anything elsewhere.
    stray = {path for path in files_below(tmp_path) if path not in before | written}
    assert all(path.parent.suffix == ".copies" for path in stray)
    assert outcome["copied"] > 100
    assert outcome["damaged"] > 50
    assert outcome["not_a_picture"] > 20


@pytest.mark.django_db
def test_through_the_front_door_nothing_is_stored_as_it_came(settings, tmp_path):
    settings.HOME, settings.MEDIA_ROOT = tmp_path / "home", tmp_path / "home" / "media"
    settings.HOME.mkdir()
    (tmp_path / "outside").mkdir()
    thoughtful = list(hostile_files(SEED, 0))
    chosen = [hostile for number, hostile in enumerate(thoughtful) if number % 8 == 0 or hostile.is_picture is False]
    sources = {hostile.data for hostile in chosen}
    for hostile in chosen:
        upload_one(hostile)
    run_due(most=200)

    assert {path.name for path in tmp_path.iterdir()} == {"home", "outside"}
    kept = files_below(tmp_path)
    assert kept
    for path in kept:
        assert NAME.fullmatch(path.name), path
        data = path.read_bytes()
        assert data not in sources
        require_clean(data, path.suffix[1:], b"")
    assert not Picture.objects.filter(state=PictureState.WAITING).exists()
    stored = {copy["name"] for picture in Picture.objects.all() for copy in picture.renditions}
    assert stored == {path.name for path in kept}


def upload_one(hostile: Hostile) -> None:
    file = SimpleUploadedFile("x", hostile.data, content_type="image/jpeg")
    file._name = hostile.name  # past Django's own cleaning, as a careless caller would pass it
    said = ""
    try:
        assert accept_upload(file, alt="", by=ANNA, now=NOW).state == PictureState.WAITING
    except Problem as problem:
        said = str(problem)
    assert said in {str(label) for label in Refusal.labels} | {""}
    assert not (said and hostile.is_picture), hostile.name
