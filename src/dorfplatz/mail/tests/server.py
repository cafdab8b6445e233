"""A mail server for tests, in a thread: refuses, dawdles, breaks off or accepts, as it is told."""

from __future__ import annotations

import socketserver
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default

HANG_UP = 2  # both directions, at once


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        mood = self.server.mood
        self.server.calls += 1
        if mood == "hangs up":
            return
        if mood == "dawdles":
            time.sleep(self.server.patience)
            return
        self.say("554 not today" if mood == "sends away" else "220 test")
        if mood == "sends away":
            return
        self.talk(mood)

    def talk(self, mood: str) -> None:
        sender, recipients = "", []
        while line := self.rfile.readline():
            words = line.decode("latin-1").strip()
            verb = words.split(" ")[0].upper()
            self.server.heard.append(words)
            if verb == "EHLO":
                self.say("250-test\r\n250 AUTH PLAIN LOGIN" if self.server.asks_password else "250 test")
            elif verb == "AUTH":
                self.say("235 in" if mood != "knows nobody" else "535 who are you")
            elif verb == "MAIL":
                sender = words
                self.say("451 later" if mood == "puts off" else "250 ok")
            elif verb == "RCPT":
                recipients.append(words)
                self.say({"full": "452 full", "unknown": "550 unknown"}.get(mood, "250 ok"))
            elif verb == "DATA":
                self.take(sender, recipients, mood)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self, sender: str, recipients: list[str], mood: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b".") else line)
        if mood == "dislikes it":
            self.say("554 no")
            return
        if mood == "breaks off":
            self.connection.shutdown(HANG_UP)
            return
        self.server.received.append((sender, recipients, b"".join(lines)))
        if mood == "forgets to say so":
            self.connection.shutdown(HANG_UP)
            return
        self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood = ""
        self.patience = 0.5
        self.asks_password = False
        self.calls = 0
        self.heard: list[str] = []
        self.received: list[tuple[str, list[str], bytes]] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(data, policy=default) for _, _, data in self.received]

    def handle_error(self, request: object, client_address: object) -> None:
        """A conversation broken off on purpose is nothing to tell."""


@contextmanager
def running_server():
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
