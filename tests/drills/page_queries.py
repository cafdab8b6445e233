"""How many questions each page asks the database: `page_queries.py HOME` with pages as JSON on standard input.

Each is [address, e-mail of who looks, "" for a visitor]. Answers with [address, who, status, questions] for each. Run
in a process of its own, on the home of a demonstration.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    os.environ.update(DJANGO_SETTINGS_MODULE="dorfplatz.config.settings", DORFPLATZ_HOME=sys.argv[1])
    import django  # noqa: PLC0415  after the home is chosen

    django.setup()
    from django.db import connection  # noqa: PLC0415  after the settings are read
    from django.test import Client  # noqa: PLC0415  after the settings are read
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  after the settings are read

    from dorfplatz.members.models import Login  # noqa: PLC0415  after the settings are read

    clients: dict[str, Client] = {}
    pages = json.load(sys.stdin)
    for email in {email for _path, email in pages}:
        clients[email] = Client(HTTP_HOST="localhost", HTTP_ACCEPT="text/html")
        if email:
            clients[email].force_login(Login.objects.get(email=email))
    found = []
    for path, email in pages:
        with CaptureQueriesContext(connection) as asked:
            status = clients[email].get(path, follow=True).status_code
        found.append([path, email, status, len(asked)])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
