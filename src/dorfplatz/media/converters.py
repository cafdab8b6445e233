"""How names of copies look in addresses; any other address is none."""

from dorfplatz.media.store import NAME


class CopyName:
    regex = NAME.pattern.replace("?P<token>", "?:").replace("?P<width>", "?:").replace("?P<suffix>", "?:")

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
