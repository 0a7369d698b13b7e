"""Talks to the application without a network."""

import io
import json

from parcels.api import make_app
from parcels.store import open_store


class Client:
    """One application over its own empty store."""

    def __init__(self, path: str = ":memory:") -> None:
        self.store = open_store(path)
        self.app = make_app(self.store)

    def send(self, method: str, path: str, payload: object = None) -> tuple[int, dict]:
        """Send one request; answer its status and body."""
        raw = b"" if payload is None else json.dumps(payload).encode()
        seen: list[str] = []
        body = self.app(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": path,
                "CONTENT_LENGTH": str(len(raw)),
                "wsgi.input": io.BytesIO(raw),
            },
            lambda status, headers: seen.append(status),
        )
        return int(seen[0].split()[0]), json.loads(b"".join(body))
