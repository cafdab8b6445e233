"""Which engine this installation has, by its one setting."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dorfplatz.translation.engines.deepl import DeepL
from dorfplatz.translation.engines.firefox import Firefox
from dorfplatz.translation.engines.libretranslate import LibreTranslate
from dorfplatz.translation.engines.protocol import Engine
from dorfplatz.translation.engines.silent import Silent


def models_folder() -> Path:
    """Where the models of this installation lie."""
    return Path(settings.HOME) / "translation"


def the_engine() -> Engine:
    """The engine that the setting names; the same one as long as the setting is the same."""
    return _engine(str(settings.TRANSLATION), models_folder())


@lru_cache(maxsize=4)
def _engine(setting: str, folder: Path) -> Engine:
    name, _, rest = setting.partition(":")
    if name == "libretranslate":
        return LibreTranslate(rest)
    if name == "deepl":
        return DeepL(rest)
    return Silent() if name == "none" else Firefox(folder)
