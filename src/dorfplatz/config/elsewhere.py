"""What may stand on other machines: a cache that all web processes share, and object storage for the files."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from dorfplatz.config.env import Env, EnvironmentProblem

IN_FOLDER: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
IN_PROCESS: dict[str, Any] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def check_elsewhere(env: Env) -> None:
    """Raises EnvironmentProblem for an address that cannot be used, or whose library is not installed."""
    cache_of(env.cache_url)
    storage_of(env.storage_url)
    if env.cache_url and find_spec("redis") is None:
        raise EnvironmentProblem("DORFPLATZ_CACHE_URL needs the Python package redis: pip install 'dorfplatz[redis]'.")
    if env.storage_url and (find_spec("storages") is None or find_spec("boto3") is None):
        raise EnvironmentProblem("DORFPLATZ_STORAGE_URL needs more Python packages: pip install 'dorfplatz[s3]'.")


def cache_of(url: str) -> dict[str, Any]:
    """Django's settings of the cache. Redis and Valkey speak the same."""
    if not url:
        return IN_PROCESS
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "unix"} or not (parts.hostname or parts.path):
        raise EnvironmentProblem("DORFPLATZ_CACHE_URL must look like redis://host:6379/0 (rediss:// for TLS).")
    options = {"socket_connect_timeout": 2, "socket_timeout": 2}
    backend = "django.core.cache.backends.redis.RedisCache"
    return {"BACKEND": backend, "LOCATION": url, "KEY_PREFIX": "dorfplatz", "OPTIONS": options}


def storage_of(url: str) -> dict[str, Any]:
    """Django's settings of the place for files. Anything that speaks S3; nobody but the square ever reads from it."""
    if not url:
        return IN_FOLDER
    parts = urlsplit(url)
    bucket, _, folder = parts.path.strip("/").partition("/")
    if parts.scheme not in {"s3", "s3+http"} or not parts.hostname or not bucket:
        raise EnvironmentProblem("DORFPLATZ_STORAGE_URL must look like s3://key:secret@host/bucket?region=name.")
    scheme = "http" if parts.scheme == "s3+http" else "https"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    options = {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": f"{scheme}://{host}" + (f":{parts.port}" if parts.port else ""),
        "bucket_name": bucket,
        "location": folder,
        "region_name": parse_qs(parts.query).get("region", [None])[0],
        "addressing_style": "path",
        "default_acl": None,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
