"""`dorfplatz translation install|adopt|list|verify|remove`: the models that translate on this machine."""

from __future__ import annotations

import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from dorfplatz.kernel.verdict import Problem
from dorfplatz.translation.engines.choosing import models_folder, the_engine
from dorfplatz.translation.weights.adopting import adopt
from dorfplatz.translation.weights.installing import Progress as OnFile
from dorfplatz.translation.weights.installing import Source, install, remove
from dorfplatz.translation.weights.manifest import BASE, FILE, Model, Packed, models, pairs_for
from dorfplatz.translation.weights.shelf import damaged, installed, note_of


class Command(BaseCommand):
    help = "Install, list, verify and remove the models that translate on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        for name, says in (("install", "fetch models"), ("verify", "check files"), ("remove", "take models away")):
            one = doing.add_parser(name, help=says)
            one.add_argument("languages", nargs="*" if name == "verify" else "+", metavar="LANGUAGE")
            if name == "install":
                one.add_argument("--from", dest="folder", type=Path, metavar="FOLDER", help="instead of the network")
                one.add_argument("--base", default=BASE, metavar="URL", help="another place with the same files")
                one.add_argument("--small", action="store_true", help="half the size, a little worse")
                one.add_argument("--manifest", type=Path, default=FILE, metavar="FILE", help="other models")
        taking = doing.add_parser("adopt", help="take over a direct pair converted for CTranslate2")
        taking.add_argument("source", metavar="SOURCE")
        taking.add_argument("target", metavar="TARGET")
        taking.add_argument("--from", dest="folder", type=Path, required=True, metavar="FOLDER")
        doing.add_parser("list", help="what is there")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['doing']}")(options)
        except Problem as problem:
            self.stderr.write(str(problem))
            raise SystemExit(2) from problem
        except OSError as error:
            self.stderr.write(_("The models cannot be kept: %(why)s.") % {"why": error.strerror or error})
            raise SystemExit(2) from error

    def _install(self, options: dict[str, Any]) -> None:
        known = models("small" if options["small"] else "full", options["manifest"])
        wanted = _wanted(options["languages"], known)
        source = Source(options["folder"], options["base"])
        done = 0
        with _bar(sum(known[pair].packed_size for pair in wanted)) as on_file:
            for pair in wanted:
                done += install(known[pair], source, models_folder(), progress=on_file)
        if done:
            self.stdout.write(_("Translation is installed: %(pairs)s.") % {"pairs": ", ".join(wanted)})
        else:
            self.stdout.write(_("All of this is installed already: nothing has been changed."))

    def _adopt(self, options: dict[str, Any]) -> None:
        pair = f"{options['source']}-{options['target']}"
        if not all(code.isalpha() and code.islower() for code in (options["source"], options["target"])):
            raise Problem(_("Please name two languages, as in “de nl”."))
        if adopt(pair, options["folder"], models_folder()):
            self.stdout.write(_("Translation is installed: %(pairs)s.") % {"pairs": pair})
        else:
            self.stdout.write(_("All of this is installed already: nothing has been changed."))

    def _list(self, _options: dict[str, Any]) -> None:
        self.stdout.write(the_engine().standing().says)
        for pair in installed(models_folder()):
            files = [file for file in (models_folder() / pair).iterdir() if file.is_file()]
            size = filesizeformat(sum(file.stat().st_size for file in files))
            self.stdout.write(f"{pair}  {size}  {note_of(models_folder(), pair).get('build', '')}".rstrip())

    def _verify(self, options: dict[str, Any]) -> None:
        pairs = _present(options["languages"])
        bad = {pair: files for pair in pairs if (files := damaged(models_folder(), pair))}
        for pair, files in bad.items():
            self.stderr.write(_("%(pair)s is damaged: %(files)s.") % {"pair": pair, "files": ", ".join(files)})
        if bad:
            raise SystemExit(1)
        self.stdout.write(_("All files are what they should be: %(pairs)s.") % {"pairs": ", ".join(pairs) or "–"})

    def _remove(self, options: dict[str, Any]) -> None:
        for pair in _present(options["languages"]):
            remove(pair, models_folder())
            self.stdout.write(_("%(pair)s has been removed.") % {"pair": pair})


def _wanted(languages: list[str], known: dict[str, Model]) -> list[str]:
    wanted = pairs_for(languages)
    missing = [pair for pair in wanted if pair not in known]
    if missing:
        raise Problem(_("There is no model for %(pairs)s.") % {"pairs": ", ".join(missing)})
    if not wanted:
        raise Problem(_("Please name a language besides English."))
    return wanted


def _present(languages: list[str]) -> list[str]:
    pairs = installed(models_folder())
    return [pair for pair in pairs if not languages or set(pair.split("-")) & (set(languages) - {"en"})]


@contextmanager
def _bar(total: int) -> Iterator[OnFile]:
    """The bar on a terminal; elsewhere nothing. It looks at the file that grows."""
    console = Console(stderr=True)
    console.quiet = not console.is_terminal
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    over = threading.Event()
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(_("Fetching"), total=total)
        growing: list[tuple[int, Path]] = [(0, Path())]

        def on_file(packed: Packed, path: Path) -> None:
            before = sum(size for size, _ in growing)
            bar.update(task, description=Path(packed.path).name, completed=before)
            growing.append((packed.packed_size, path))

        def watch() -> None:
            while not over.wait(0.2):
                *before, (_size, path) = growing
                here = path.stat().st_size if path.is_file() else 0
                bar.update(task, completed=sum(size for size, _ in before) + here)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield on_file
            bar.update(task, completed=total)
        finally:
            over.set()
            watcher.join()
