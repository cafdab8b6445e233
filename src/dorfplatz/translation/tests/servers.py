"""Servers on this machine that answer as a test wishes."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def serving(answer):
    """A server for which `answer(path, body)` gives (status, bytes); its address, and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._do(b"")

        def do_POST(self):
            self._do(self.rfile.read(int(self.headers["Content-Length"])))

        def _do(self, body):
            asked.append((self.path, dict(self.headers), json.loads(body) if body else None))
            status, content = answer(self.path, asked[-1][2])
            length = len(content)
            if status == "cut":
                status, length = 200, length * 2
            self.send_response(status)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            with suppress(OSError):  # the other side may have gone, as it was to do
                self.wfile.write(content)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def slowly(seconds, status=200, content=b"{}"):
    def answer(path, body):
        time.sleep(seconds)
        return status, content

    return answer
