"""Tables as lines of JSON that mean the same on every database.

The first line names the columns, each further one is a row, in the order of the primary key. Moments are in UTC, keys
of JSON are sorted: equal rows are equal bytes, whichever database they come from.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.apps.registry import Apps
from django.db import connections, models
from django.db.models import F, Value
from django.db.models.functions import Collate
from django.db.models.sql import InsertQuery
from django.utils.duration import duration_string

from dorfplatz.operations.backup.archive import TableFacts
from dorfplatz.operations.backup.asking import ask

PORTION = 1000
LONGEST_LINE = 64 * 1024 * 1024
Table = type[models.Model]


def tables(apps: Apps) -> dict[str, Table]:
    """Every table that the program keeps, by name, links between things included."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            found[model._meta.db_table] = model
    return dict(sorted(found.items()))


def write_table(table: Table, *, using: str, to: BinaryIO | None = None) -> TableFacts:
    """All rows as compressed lines; without `to` they are only counted and hashed."""
    digest, rows = hashlib.sha256(), -1
    packed = gzip.GzipFile(fileobj=to, mode="wb", compresslevel=4, mtime=0) if to else None
    for line in _lines(table, using):
        rows += 1
        digest.update(line)
        if packed:
            packed.write(line)
    if packed:
        packed.close()
    return TableFacts(rows, digest.hexdigest(), last_id(table, using=using))


def read_table(table: Table, path: Path, *, using: str) -> None:
    """Insert every row of a written table. Raises ValueError when it has other columns than this one."""
    fields = _fields(table)
    with gzip.open(path) as file:
        if json.loads(_line(file)) != [field.column for field in fields]:
            raise ValueError(f"{table._meta.db_table} has other columns")
        things = (_thing(table, fields, json.loads(line)) for line in iter(lambda: _line(file), b""))
        most = connections[using].ops.bulk_batch_size(fields, [None] * PORTION)
        while portion := list(islice(things, max(1, min(PORTION, most)))):
            query = InsertQuery(table)
            query.insert_values(fields, portion, raw=True)
            query.get_compiler(using=using).execute_sql()


def last_id(table: Table, *, using: str) -> int | None:
    """The highest number given to a row, also when that row is gone; None for tables that do not count."""
    key = table._meta.pk
    if not isinstance(key, models.AutoField | models.BigAutoField | models.SmallAutoField):
        return None
    name = table._meta.db_table
    if connections[using].vendor == "sqlite":
        row = ask(using, "SELECT seq FROM sqlite_sequence WHERE name = %s", [name])
    else:
        last = "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)"
        row = ask(using, last, [f'"{name}"', key.column])
    return int(row[0]) if row and row[0] is not None else 0


def count_on_from(table: Table, number: int | None, *, using: str) -> None:
    """New rows get numbers above this one, so that no number is ever given twice."""
    if not number:
        return
    name = table._meta.db_table
    if connections[using].vendor == "sqlite":
        ask(using, "DELETE FROM sqlite_sequence WHERE name = %s", [name])
        ask(using, "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, number])
    else:
        column = table._meta.pk.column
        ask(using, "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{name}"', column, number])


def _fields(table: Table) -> list[models.Field[Any, Any]]:
    return [field for field in table._meta.local_concrete_fields if not getattr(field, "generated", False)]


def _lines(table: Table, using: str) -> Iterator[bytes]:
    fields = _fields(table)
    yield _packed([field.column for field in fields])
    rows = table._base_manager.using(using).order_by(_by_key(table, using))
    for row in rows.values_list(*[field.attname for field in fields]).iterator(chunk_size=PORTION):
        yield _packed([_plain(value) for value in row])


def _by_key(table: Table, using: str) -> Any:
    """The order of the primary key, for words the order of their bytes, in which SQLite sorts."""
    key = table._meta.pk
    target: Any = key
    while target.is_relation:
        target = target.target_field
    if connections[using].vendor == "postgresql" and isinstance(target, models.CharField | models.TextField):
        return Collate(F(key.attname), "C")
    return F(key.attname)


def _packed(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    """A value as JSON knows it, from which the field makes the same value again."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def _thing(table: Table, fields: list[models.Field[Any, Any]], values: list[Any]) -> models.Model:
    if len(values) != len(fields):
        raise ValueError(f"a row of {table._meta.db_table} has other columns")
    return table(**{field.attname: _back(field, value) for field, value in zip(fields, values, strict=True)})


def _back(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return Value(None, models.JSONField()) if value is None and not field.null else value
    return field.to_python(value)


def _line(file: Any) -> bytes:
    line: bytes = file.readline(LONGEST_LINE)
    if len(line) == LONGEST_LINE:
        raise ValueError("a line without an end")
    return line
