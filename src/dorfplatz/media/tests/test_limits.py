"""The limits of the picture process bite: a decoder gone wild costs one file, nothing else."""

import faulthandler
import os
import signal
import time
from pathlib import Path

import pytest

from dorfplatz.media import child, workshop
from dorfplatz.media.enums import Refusal

MEGABYTE = 1024 * 1024


def eat_memory(_source):
    return {"width": len(bytearray(4000 * MEGABYTE))}  # more than this very process may have to give again


def eat_time(_source):
    while True:
        pass


def sleep(_source):
    time.sleep(60)


def crash(_source):
    faulthandler.disable()  # pytest's; what it would print is no news
    os.kill(os.getpid(), signal.SIGSEGV)


def vanish(_source):
    os._exit(7)


def fill_the_disk(source):
    with Path(f"{source}.large").open("wb") as file:
        file.writelines(bytes(MEGABYTE) for _ in range(100))


def open_everything(source):
    return {"width": len([Path(source).open("rb") for _ in range(100)])}


@pytest.mark.parametrize(
    ("going_wild", "refusal"),
    [
        (eat_memory, Refusal.TOO_MUCH_WORK),
        (eat_time, Refusal.TOO_MUCH_WORK),
        (sleep, Refusal.TOO_MUCH_WORK),
        (crash, Refusal.DAMAGED),
        (vanish, Refusal.TOO_MUCH_WORK),
        (fill_the_disk, Refusal.DAMAGED),
        (open_everything, Refusal.DAMAGED),
    ],
)
def test_a_decoder_gone_wild_is_stopped_and_the_file_refused(going_wild, refusal, tmp_path, monkeypatch):
    source = tmp_path / "upload"
    source.write_bytes(b"x")
    monkeypatch.setattr(child, "look", going_wild)
    monkeypatch.setattr(child, "CPU_SECONDS", 1)
    monkeypatch.setattr(child, "WALL_SECONDS", 3)
    begun = time.monotonic()
    answer = child.limited({"do": "look", "source": str(source)})
    assert answer["refusal"] == refusal
    assert time.monotonic() - begun < 30
    assert all(path.stat().st_size <= child.FILE_BYTES for path in tmp_path.iterdir())


def test_the_process_itself_coming_to_an_end_refuses_the_file(monkeypatch, tmp_path):
    monkeypatch.setattr(workshop.sys, "executable", "/bin/false")
    with pytest.raises(workshop.FileRefused) as refused:
        workshop.look_at(tmp_path / "upload")
    assert refused.value.refusal == Refusal.TOO_MUCH_WORK


def test_the_process_sees_neither_our_settings_nor_our_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("DORFPLATZ_SECRET_KEY", "secret")
    told = tmp_path / "told"
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\nenv > {told}\ncat >/dev/null\n")
    spy.chmod(0o700)
    monkeypatch.setattr(workshop.sys, "executable", str(spy))
    workshop.run_orders([{"do": "look", "source": "x"}])
    assert "secret" not in told.read_text()
    assert "DORFPLATZ" not in told.read_text()
