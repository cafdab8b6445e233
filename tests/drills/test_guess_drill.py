"""The short form of the drill of guessed codes. The long one: `make drill guesses`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_guesses_from_one_address_and_from_many_get_nowhere_and_a_neighbour_with_a_card_comes_in():
    words = ("--guesses", "150", "--addresses", "20", "--seed", "7")
    done = subprocess.run(
        [sys.executable, HERE / "guesses.py", *words], capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["from_one"]["guesses"] == told["from_many"]["guesses"] == 150
    assert told["from_one"]["opened"] == told["from_many"]["opened"] == 0
    assert told["from_one"]["looked_up"] < 150
