"""Takes answers from a mail server on this machine (LMTP, RFC 2033): one verdict for each recipient, at once."""

from __future__ import annotations

import re
import socketserver
from collections.abc import Callable

from dorfplatz.mail.enums import Reception
from dorfplatz.mail.inbound.incoming import LARGEST

TIMEOUT_S = 60
LONGEST_LINE = 4096
MOST_RECIPIENTS = 20
WORDS = {
    Reception.TAKEN: "250 2.0.0 taken",
    Reception.IGNORED: "250 2.0.0 taken",  # a machine's answer: no further mail about it
    Reception.REFUSED: "250 2.0.0 taken",  # the member has been told; a bounce could go to a stranger
    Reception.UNKNOWN: "550 5.1.1 no such address",
}

# Gets the mail and to which address it came.
Take = Callable[[bytes, str], Reception]


class Conversation(socketserver.StreamRequestHandler):
    timeout = TIMEOUT_S
    server: LmtpServer

    def handle(self) -> None:
        self.recipients: list[str] = []
        try:
            self._say("220 dorfplatz LMTP")
            while line := self.rfile.readline(LONGEST_LINE):
                if not self._understood(line.decode("latin-1").strip()):
                    return
        except (OSError, TimeoutError):
            return

    def _understood(self, line: str) -> bool:
        """Answer one line; whether the conversation goes on."""
        verb = line[:4].upper()
        if verb == "QUIT":
            self._say("221 2.0.0 bye")
            return False
        if verb == "LHLO":
            self._say("250-dorfplatz", f"250-SIZE {LARGEST}", "250-8BITMIME", "250 ENHANCEDSTATUSCODES")
        elif verb in {"MAIL", "RSET"}:
            self.recipients = []
            self._say("250 2.0.0 ok")
        elif verb == "RCPT":
            self._recipient(line)
        elif verb == "DATA":
            return self._data()
        else:
            self._say("250 2.0.0 ok" if verb == "NOOP" else "500 5.5.1 not understood")
        return True

    def _recipient(self, line: str) -> None:
        found = re.search(r"<([^<>\s]{3,254})>", line)
        if found is None or len(self.recipients) >= MOST_RECIPIENTS:
            self._say("501 5.1.3 one address at a time" if found is None else "452 4.5.3 too many")
            return
        self.recipients.append(found[1])
        self._say("250 2.1.5 ok")

    def _data(self) -> bool:
        if not self.recipients:
            self._say("503 5.5.1 to whom?")
            return True
        self._say("354 go on")
        raw = self._read()
        if raw is None:
            return False
        for recipient in self.recipients:
            self._say(self._verdict(raw, recipient))
        self.recipients = []
        return True

    def _verdict(self, raw: bytes, recipient: str) -> str:
        try:
            return WORDS[self.server.take(raw, recipient)]
        except Exception:  # whatever it is: the mail server keeps it and comes again
            return "451 4.3.0 later"

    def _read(self) -> bytes | None:
        """Up to the dot; what is above the largest we take is dropped while it comes. None when it broke off."""
        lines: list[bytes] = []
        size = 0
        while line := self.rfile.readline(LONGEST_LINE):
            if line in {b".\r\n", b".\n"}:
                return b"".join(lines)
            size += len(line)
            if size <= LARGEST + LONGEST_LINE:
                lines.append(line[1:] if line.startswith(b"..") else line)
        return None

    def _say(self, *words: str) -> None:
        self.wfile.write("".join(f"{one}\r\n" for one in words).encode("ascii"))


class LmtpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], take: Take) -> None:
        super().__init__(address, Conversation)
        self.take = take
