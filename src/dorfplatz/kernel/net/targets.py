"""What may be asked for: an address of the web, read strictly, so that no two readers can understand it differently."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

LONGEST_URL = 4096
DEFAULT_PORTS = {"http": 80, "https": 443}
WEB_PORTS = frozenset(DEFAULT_PORTS.values())
# Names that mean something inside a house or a computer only.
_HOUSE_NAMES = {"localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan"}
_HOUSE_NAMES |= {"arpa", "onion", "alt"}
_UNREADABLE = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class FetchRefused(Exception):
    """An address this installation does not call. The message is a sentence; nothing was sent."""


@dataclass(frozen=True)
class Target:
    """One address of the web in its one reading. `host` is an ASCII name, or an IP address without brackets."""

    scheme: str
    host: str
    port: int
    path: str  # with the query, percent-encoded

    @property
    def url(self) -> str:
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.authority_host}{port}{self.path}"

    @property
    def authority_host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def read_target(url: str, *, ports: Collection[int] = WEB_PORTS, in_house: bool = False) -> Target:
    """The target an address names. Raises FetchRefused for whatever is not a plain http or https address.

    With `in_house` the operator named the server in the settings: it may stand in the own house, on any port.
    """
    if len(url) > LONGEST_URL:
        raise FetchRefused("The address is too long.")
    if _UNREADABLE.search(url):
        raise FetchRefused("The address contains characters that do not belong there.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("The address cannot be read.") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise FetchRefused("Only addresses that begin with http:// or https:// can be fetched.")
    if "@" in parts.netloc:
        raise FetchRefused("The address must not contain a user name or password.")
    if port is None:
        port = DEFAULT_PORTS[parts.scheme]
    if port not in ports and not in_house:
        raise FetchRefused(f"Port {port} is not one that is called from here.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]") if parts.query else ""
    return Target(parts.scheme, _read_host(parts.netloc, parts.hostname or "", in_house=in_house), port, path + query)


def follow(target: Target, location: str, *, ports: Collection[int], in_house: bool = False) -> Target:
    """Where a redirect leads. Raises FetchRefused when that is no place to go, or gives encryption up."""
    if _UNREADABLE.search(location):
        raise FetchRefused("The server redirects to an address that cannot be read.")
    try:
        onward = read_target(urljoin(target.url, location), ports=ports, in_house=in_house)
    except ValueError as error:
        raise FetchRefused("The server redirects to an address that cannot be read.") from error
    if (target.scheme, onward.scheme) == ("https", "http"):
        raise FetchRefused("The server redirects from an encrypted address to an unencrypted one.")
    return onward


def _read_host(netloc: str, host: str, *, in_house: bool) -> str:
    if netloc.startswith("["):
        try:
            return IPv6Address(host).compressed if "%" not in host else _refuse_host()
        except ValueError:
            _refuse_host()
    try:
        name = idna.encode(host, uts46=True, std3_rules=True).decode("ascii").lower().rstrip(".")
    except (idna.IDNAError, UnicodeError):
        _refuse_host()
    last = name.rpartition(".")[2]
    if _NUMBER.fullmatch(last):  # no top-level domain is a number: short, octal and hexadecimal forms end here
        try:
            return str(IPv4Address(name))
        except ValueError:
            _refuse_host()
    if in_house and name:
        return name
    if last in _HOUSE_NAMES or not _HOST.fullmatch(name):
        _refuse_host()
    return name


def _refuse_host() -> str:
    raise FetchRefused("The address does not name a server on the public internet.")
