"""A stub of GOV.UK Notify over real HTTP that fails in the ways that networks fail."""

from __future__ import annotations

import base64
import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = f"made-up-{uuid.UUID(int=1)}-{uuid.UUID(int=2)}"


_SHOWN = ("id", "reference", "status", "sent_at", "completed_at")


@dataclass
class Stub:
    """What Notify has, and how it answers the next letters: each of ``plan`` once.

    ``hang`` takes the letter and never answers; ``drop`` answers nothing and takes nothing;
    ``ok`` takes it; a number is the code it answers with. ``409+`` answers 409 and has it.
    """

    url: str = ""
    plan: list[str] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    is_down: bool = False

    def of(self, reference: str) -> list[dict[str, Any]]:
        return [one for one in self.letters if one["reference"] == reference]

    def take(self, body: dict[str, Any]) -> dict[str, Any]:
        made = {
            "id": str(uuid.uuid4()),
            "reference": body["reference"],
            "status": "created",
            "pdf": base64.b64decode(body.get("content", "")),
            "to": body.get("email_address", ""),
            "said": body.get("personalisation", {}),
            "template": body.get("template_id", ""),
        }
        self.letters.append(made)
        return made


class _Answers(BaseHTTPRequestHandler):
    stub: Stub

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.stub.asked.append(f"POST {body['reference']}")
        how = self.stub.plan.pop(0) if self.stub.plan else "ok"
        made = self.stub.take(body) if how in ("hang", "409+", "ok") else {}
        if how == "ok":
            self._say(201, {"id": made["id"], "reference": made["reference"]})
        elif how in ("hang", "drop"):
            self.close_connection = True
        else:
            self._say(int(how.rstrip("+")), {"status_code": int(how.rstrip("+")), "errors": []})

    def do_GET(self) -> None:
        self.stub.asked.append(f"GET {self.path}")
        if self.stub.is_down:
            self._say(500, {"errors": []})
            return
        at = urlsplit(self.path)
        shown = [
            {k: v for k, v in one.items() if k in ("id", "reference", "status", "sent_at")}
            for one in self.stub.letters
        ]
        if at.path == "/v2/notifications":
            wanted = parse_qs(at.query)["reference"][0]
            found = [one for one in shown if one["reference"] == wanted]
            self._say(200, {"notifications": found, "links": {"current": self.path}})
        else:
            self._say(200, next(one for one in shown if at.path.endswith(one["id"])))

    def log_message(self, format: str, *args: object) -> None:
        del format, args

    def _say(self, code: int, body: dict[str, Any]) -> None:
        sent = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)


@contextmanager
def notify_stub() -> Iterator[Stub]:
    """Serve a stub until the end."""
    stub = Stub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"stub": stub}))
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
