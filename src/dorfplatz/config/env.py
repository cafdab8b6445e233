"""The installation's settings from the environment: every variable, its type, its default, one sentence each."""

from __future__ import annotations

import dataclasses
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PREFIX = "DORFPLATZ_"
TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


class EnvironmentProblem(ValueError):
    """A setting that cannot be used; the message names the variable and says what would be right."""


def variable(sentence: str, default: object) -> Any:
    """A setting with the sentence that .env.example says about it."""
    return field(default=default, metadata={"sentence": sentence})


@dataclass(frozen=True)
class Env:
    """Typed settings of one installation. Field `database_url` is the variable DORFPLATZ_DATABASE_URL."""

    home: Path = variable("Folder for the database, uploaded files, caches and the secret key.", Path("var"))
    database_url: str = variable(
        "PostgreSQL as postgresql://user:password@host:5432/name; empty means SQLite in the home folder.", ""
    )
    hosts: tuple[str, ...] = variable(
        "Host names this installation answers to, separated by commas; the municipalities' own are added.",
        ("localhost", "127.0.0.1", "[::1]"),
    )
    secret_key: str = variable("Signs sessions and links; when empty, one is made and kept in the home folder.", "")
    https: bool = variable("Whether visitors reach the square by HTTPS: secure cookies and HSTS.", False)
    trusted_proxies: tuple[str, ...] = variable(
        "Addresses of reverse proxies whose forwarding headers are believed, separated by commas.", ()
    )
    mail_url: str = variable(
        "Mail server as smtp://user:password@host:587 (smtps:// for TLS from the start); empty keeps mails as files.",
        "",
    )
    mail_from: str = variable("Sender of the square's mails.", "dorfplatz@localhost")
    reply_address: str = variable(
        "Where answers to letters by mail arrive, as antwort@example.org (they go to antwort+…@example.org), or as "
        "@antwort.example.org for a whole domain; empty means letters are answered on the square only.",
        "",
    )
    imap_url: str = variable(
        "Mailbox of these answers as imaps://user:password@host/INBOX; empty where a mail server brings them "
        "(“dorfplatz lmtp”).",
        "",
    )
    cache_url: str = variable(
        "Redis or Valkey as redis://host:6379/0, shared by all web processes; empty means each has its own cache.", ""
    )
    storage_url: str = variable(
        "Object storage for pictures as s3://key:secret@host/bucket?region=name; empty means the home folder.", ""
    )
    oidc_issuer: str = variable(
        "A provider through which members may log in too (OpenID Connect): its issuer, https://…; empty means none.", ""
    )
    oidc_name: str = variable("What that provider is called on the login page; empty means its host name.", "")
    oidc_client_id: str = variable("By what that provider knows this installation.", "")
    oidc_client_secret: str = variable("The secret shared with that provider.", "")
    backups: str = variable(
        "Folder for the nightly backups and those before an update; empty means “backups” in the home folder, “off” "
        "means none at night.",
        "",
    )
    translation: str = variable(
        "What translates: “firefox” on this machine, once “dorfplatz translation install” has run; "
        "“libretranslate:http://host:5000”; “deepl:KEY”, which sends texts away; or “none”.",
        "firefox",
    )
    workers: int = variable("Web processes.", 2)
    threads: int = variable("Threads in each web process.", 4)
    keep_mb: int = variable(
        "Memory in MB that each web process may fill with what it keeps for the next readers; more helps where there "
        "are many municipalities.",
        120,
    )
    debug: bool = variable("Error pages with details, for developers only.", False)


def variable_name(field_name: str) -> str:
    return PREFIX + field_name.upper()


def read_env(environ: Mapping[str, str]) -> Env:
    """The settings in `environ`. Raises EnvironmentProblem for an unknown or unusable DORFPLATZ_ variable."""
    fields = {variable_name(f.name): f for f in dataclasses.fields(Env)}
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in fields)
    if unknown:
        raise EnvironmentProblem(f"Unknown setting {unknown[0]}. The known ones are listed in .env.example.")
    values: dict[str, Any] = {
        f.name: _parse(name, environ[name], f.default)
        for name, f in fields.items()
        if name in environ and environ[name] != ""
    }
    env = Env(**values)
    _check_translation(env.translation)
    return env


def _check_translation(setting: str) -> None:
    name, _, rest = setting.partition(":")
    fits = {
        "firefox": not rest, "none": not rest, "deepl": bool(rest), "libretranslate": rest.startswith(("http://", "https://")),
    }  # fmt: skip
    if not fits.get(name):
        raise EnvironmentProblem(
            "DORFPLATZ_TRANSLATION must be firefox, none, deepl:KEY or libretranslate:http://host:5000."
        )


def _parse(name: str, text: str, default: object) -> object:
    text = text.strip()
    if isinstance(default, bool):
        if text.lower() in TRUE | FALSE:
            return text.lower() in TRUE
        raise EnvironmentProblem(f"{name} must be yes or no, not “{text}”.")
    if isinstance(default, int):
        if text.isdecimal() and int(text) > 0:
            return int(text)
        raise EnvironmentProblem(f"{name} must be a whole number above zero, not “{text}”.")
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if isinstance(default, Path):
        return Path(text).expanduser()
    return text


def kept_secret(home: Path) -> str:
    """The installation's secret key, made at the first start and readable by its owner only."""
    path = home / "secret-key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    home.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(64)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key


def env_example() -> str:
    """The text of .env.example: each variable with its sentence and default."""
    lines = ["# Settings of a Dorfplatz installation. Each has a sensible default; set what differs.", ""]
    for f in dataclasses.fields(Env):
        default = f.default
        shown = ",".join(default) if isinstance(default, tuple) else str(default)
        if isinstance(default, bool):
            shown = "yes" if default else "no"
        lines += [f"# {f.metadata['sentence']}", f"# {variable_name(f.name)}={shown}", ""]
    return "\n".join(lines)
