"""The HTTP side of intake: specs/001-parcel-intake/contracts/parcels.openapi.yaml."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict
from http import HTTPStatus

from parcels.domain.parcel import Refused
from parcels.domain.tracking_code import looks_like_code
from parcels.store import create_parcel, events_of, find_parcel, record_event

Application = Callable[[dict, Callable], Iterable[bytes]]


def make_app(store: sqlite3.Connection) -> Application:
    """A WSGI application over an open store."""

    def app(environ: dict, start_response: Callable) -> Iterable[bytes]:
        try:
            status, body = handle(
                store, environ["REQUEST_METHOD"], environ["PATH_INFO"], read_json(environ)
            )
        except Refused as refused:
            status, body = HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(refused)}
        start_response(
            f"{status.value} {status.phrase}", [("Content-Type", "application/json")]
        )
        return [json.dumps(body).encode()]

    return app


def handle(
    store: sqlite3.Connection, method: str, path: str, payload: dict
) -> tuple[HTTPStatus, dict]:
    """Answer one request."""
    match method, path.strip("/").split("/"):
        case "POST", ["parcels"]:
            parcel = create_parcel(
                store, payload.get("recipient_email"), payload.get("weight_grams")
            )
            return HTTPStatus.CREATED, asdict(parcel)
        case "GET", ["parcels", code]:
            parcel = known(store, code)
            if parcel is None:
                return not_found()
            events = [asdict(event) for event in events_of(store, code)]
            return HTTPStatus.OK, asdict(parcel) | {"events": events}
        case "POST", ["parcels", code, "events"]:
            parcel = known(store, code)
            if parcel is None:
                return not_found()
            return HTTPStatus.CREATED, asdict(record_event(store, parcel, payload.get("kind")))
    return not_found()


def known(store: sqlite3.Connection, code: str):
    """The parcel of that code, without asking the store about nonsense."""
    return find_parcel(store, code) if looks_like_code(code) else None


def not_found() -> tuple[HTTPStatus, dict]:
    """One answer for every unknown code, so that codes cannot be guessed (001/FR-006)."""
    return HTTPStatus.NOT_FOUND, {"error": "no such parcel"}


def read_json(environ: dict) -> dict:
    """The request body as an object; an empty body is an empty object."""
    raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        payload = json.loads(raw or b"{}")
    except ValueError:
        raise Refused("the body is not JSON") from None
    if not isinstance(payload, dict):
        raise Refused("the body is not a JSON object")
    return payload
