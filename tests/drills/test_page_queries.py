"""No page of the demonstration asks the database more than fifty questions, whoever looks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.tour import PAGES, Things

pytestmark = pytest.mark.xdist_group("square")
SCRIPT = Path(__file__).with_name("page_queries.py")
MOST = 50


def test_no_page_asks_more_than_fifty_questions(installation, demonstration):
    things = Things(installation)
    pages = [(stop.path(things, "de"), stop.who, stop.status) for stop in PAGES]
    asked = json.dumps([page[:2] for page in pages])
    done = subprocess.run(
        [sys.executable, SCRIPT, demonstration], input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    # 410: an invitation that was made after the copy.
    odd = [page for page, (*_stop, status) in zip(found, pages, strict=True) if page[2] not in {status, 410}]
    assert odd == []
    assert max(count for *_page, count in found) > 5, "nothing was counted"
    assert [page for page in found if page[-1] > MOST] == []
