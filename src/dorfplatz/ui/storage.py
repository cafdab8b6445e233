"""Static files under names that carry their content's hash, compressed once at `collectstatic`."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # no types


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it comes without types
    """Hashed names once collected; plain names where nothing has been collected (tests, a developer's server)."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        hashed: str | None = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return name if hashed is None else hashed
