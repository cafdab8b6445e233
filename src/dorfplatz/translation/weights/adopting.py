"""A direct pair of OPUS-MT that the operator has converted for CTranslate2, taken over from a folder.

There is no list of such files with checksums that we could vouch for: what is taken over is what the operator has. It
stands beside Firefox's models and goes before a way through English.
"""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.translation.weights.installing import remove
from dorfplatz.translation.weights.shelf import DIRECT_MODEL, NOTE, damaged, digest_of, note_of

NEEDED = (DIRECT_MODEL, "source.spm", "target.spm")
# One vocabulary for both sides, or one for each; CTranslate2 has written them in two formats.
VOCABULARIES = ("shared_vocabulary", "source_vocabulary", "target_vocabulary")
BUILD = "ctranslate2"


def adopt(pair: str, origin: Path, shelf: Path) -> bool:
    """Puts the pair in its place, whole or not at all; whether anything had to be done. Raises Problem."""
    if find_spec("ctranslate2") is None or find_spec("sentencepiece") is None:
        raise Problem(_("This needs the packages ctranslate2 and sentencepiece; the extra “opus” brings them."))
    files = _files_of(origin)
    key = digest_of(origin / DIRECT_MODEL)
    if note_of(shelf, pair).get("model") == key and not damaged(shelf, pair):
        return False
    making = shelf / f".making-{pair}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        for file in files:
            shutil.copyfile(file, making / file.name)
        digests = {file.name: digest_of(making / file.name) for file in files}
        note = {"pair": pair, "build": BUILD, "model": key, "files": digests}
        (making / NOTE).write_text(json.dumps(note, indent=1))
        remove(pair, shelf)
        making.replace(shelf / pair)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return True


def _files_of(origin: Path) -> list[Path]:
    missing = [name for name in NEEDED if not (origin / name).is_file()]
    vocabularies = [file for name in VOCABULARIES for file in sorted(origin.glob(f"{name}.*")) if file.is_file()]
    if not vocabularies:
        missing.append(f"{VOCABULARIES[0]}.json")
    if missing:
        says = _("%(file)s is missing in the folder %(folder)s.")
        raise Problem(says % {"file": ", ".join(missing), "folder": origin})
    settings = origin / "config.json"
    return [origin / name for name in NEEDED] + vocabularies + ([settings] if settings.is_file() else [])
