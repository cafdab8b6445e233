"""What comes from others: how much of it, under which licences, and what a searcher of faults finds in our own code."""

import ast
import subprocess
import sys
import tomllib
from email.message import Message

from tests.architecture.rules import packages
from tests.architecture.rules.source import ROOT, Source, code

RUN = (ROOT / "requirements" / "run.txt").read_text()

# Modules that talk to other machines, and who of us may: each has a reason.
NETWORK = {
    *(
        "socket",
        "ssl",
        "http.client",
        "urllib.request",
        "urllib3",
        "requests",
        "httpx",
        "httpx2",
        "httpcore",
        "httpcore2",
    ),
    *("aiohttp", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc", "asyncio", "websockets"),
    *("imap_tools", "socketserver"),
}
ALLOWED = {
    "kernel/net/dialing.py": {"socket", "ssl", "httpcore2"},  # the one way out
    "kernel/net/fetching.py": {"ssl", "httpcore2"},  # the one way out
    "mail/carrier.py": {"smtplib", "ssl"},  # to the mail server the operator has named
    "mail/inbound/imap.py": {"imaplib", "imap_tools"},  # to the mailbox the operator has named
    "mail/inbound/lmtp.py": {"socketserver"},  # listens
    "operations/serving.py": {"socket"},  # listens
    "operations/web_worker.py": {"socket"},  # listens
}


def network_imports(source: Source) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name in NETWORK or name.partition(".")[0] in NETWORK - {"http.client"}}


def test_only_the_one_way_out_opens_connections():
    found = {source.path: names for source in code() if (names := network_imports(source))}
    assert found == {path: names for path, names in ALLOWED.items() if path in found}
    assert network_imports(Source("places/x.py", "from urllib import request")) == {"urllib.request"}
    assert network_imports(Source("places/x.py", "def f():\n    import socket")) == {"socket"}


def test_what_runs_is_made_of_few_packages():
    names = packages.pinned(RUN)
    assert 20 < len(names) <= packages.MOST


def test_each_package_is_fixed_by_its_hash():
    for file in ("run.txt", "dev.txt"):
        assert not list(packages.unhashed((ROOT / "requirements" / file).read_text()))
    assert list(packages.unhashed("a==1 \\\n    --hash=sha256:00\nb==2\n    # via a\n")) == ["b==2"]


def test_every_package_that_runs_has_a_licence_we_may_use():
    problems = list(packages.licence_problems(list(packages.pinned(RUN))))
    assert not problems, problems


def test_an_unknown_licence_is_noticed():
    said = Message()
    said["License-Expression"] = "MIT OR Proprietary"
    assert packages.licences("x", said) - packages.LICENCES == {"Proprietary"}
    assert packages.licences("y", Message()) == {"unknown"}


def test_what_we_lean_on_is_declared():
    """Everything imported from others is named in pyproject.toml, not there by chance."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {entry.split(">=")[0].split("[")[0].lower() for entry in project["dependencies"]}
    known = {
        "markdown_it": "markdown-it-py", "PIL": "pillow", "csp": "django-csp", "opening_hours": "opening-hours-py",
        "Stemmer": "pystemmer", "allauth": "django-allauth", "jwt": "pyjwt",
    }  # fmt: skip
    for source in code():
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [str(node.module)]
            for name in {name.partition(".")[0] for name in named} - set(sys.stdlib_module_names) - {"dorfplatz"}:
                assert known.get(name, name).replace("_", "-").lower() in declared | {"h11"}, (
                    f"{source.at(node)} {name}"
                )


def test_the_searcher_of_faults_finds_nothing_that_matters(tmp_path):
    def search(*where: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", *where, "-ll"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    found = search("src/dorfplatz", "--exclude", "*/tests/*,*/migrations/*")
    assert found.returncode == 0, found.stdout
    (tmp_path / "bad.py").write_text("import pickle\nx = pickle.loads(b'')\n")
    assert search(str(tmp_path)).returncode == 1
