"""Static files under names that carry their content's hash, compressed once at `collectstatic`."""

from __future__ import annotations

from typing import Any

import brotli  # type: ignore[import-untyped]  # no types
from whitenoise.compress import Compressor  # type: ignore[import-untyped]  # no types
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # no types

# The last twentieth of a large file's size costs most of the time of a first start.
LARGE_BYTES = 200_000


class Compressing(Compressor):  # type: ignore[misc]  # it comes without types
    """As small as it gets, for large files nearly so."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        compressed: bytes = brotli.compress(data, quality=9 if len(data) > LARGE_BYTES else 11)
        return compressed


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it comes without types
    """Hashed names once collected; plain names where nothing has been collected (tests, a developer's server)."""

    manifest_strict = False

    def create_compressor(self, **options: Any) -> Compressing:
        return Compressing(**options)

    def stored_name(self, name: str) -> str:
        hashed: str | None = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return name if hashed is None else hashed
