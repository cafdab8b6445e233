"""Drills that are tests of the suite in full size: run by pytest in a process of its own, with what they recorded."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[2]


def recorded_by(
    tests: str, *, seed: int, workers: int = 0, timeout_s: int, **environment: str
) -> list[tuple[str, str]]:
    """The properties that the tests have recorded, in their order. If one fails, this process ends with its words."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            *(sys.executable, "-m", "pytest", "-q", "-n", str(workers), "--show-capture=no", tests),
            *(f"--randomly-seed={seed}", f"--junitxml={report}", f"--timeout={timeout_s}"),
        ]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            sys.exit(done.stdout + done.stderr)
        found = ET.parse(report).iter("property")  # noqa: S314  our own report
        return [(each.get("name", ""), each.get("value", "")) for each in found]
