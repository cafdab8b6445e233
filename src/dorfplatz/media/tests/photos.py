"""Sound pictures for the tests."""

import io
from datetime import UTC, datetime

from django.core.files.base import ContentFile
from PIL import Image

from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.actor import Actor
from dorfplatz.media.actions import accept_upload
from dorfplatz.media.enums import PictureState

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
ANNA = Actor(identity_id=7)
WORDS = {"de": "Die Kirche von Niel", "nl": "De kerk van Niel"}


def file_of(picture, kind="JPEG", **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return ContentFile(buffer.getvalue(), name="photo")


def flag(width=100, height=60):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture


def ready(file, **words):
    picture = accept_upload(file, by=ANNA, now=NOW, **{"alt": WORDS, **words})
    run_due()
    picture.refresh_from_db()
    assert picture.state == PictureState.READY
    return picture
