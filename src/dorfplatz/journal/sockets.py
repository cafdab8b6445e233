"""What erases for good. After an older backup has been restored, all of it is done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dorfplatz.kernel.registry import Registry

# Gets the thing and the details of the line in the journal; what is not there (any more) is no error.
EraseAgain = Callable[[str, Mapping[str, Any]], None]

# By the verb of the act: `erasures.plug("erase_picture", …)`. Its lines must name all that was erased, by ids.
erasures: Registry[EraseAgain] = Registry("erasures")
