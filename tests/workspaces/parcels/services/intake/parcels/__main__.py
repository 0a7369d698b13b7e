"""Serve intake on the loopback address."""

from wsgiref.simple_server import make_server

from parcels.api import make_app
from parcels.store import open_store

if __name__ == "__main__":
    with make_server("127.0.0.1", 8080, make_app(open_store("parcels.sqlite3"))) as server:
        server.serve_forever()
