#!/usr/bin/env python3
"""session.py WORKSPACE COMMAND...: a short session with the server that the command starts; every question is answered."""
import json
import pathlib
import subprocess
import sys
import time

workspace = pathlib.Path(sys.argv[1])
server = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
asked = 0


def send(method, params=None, **more):
    message = {"jsonrpc": "2.0", "method": method, **more}
    if params is not None:
        message["params"] = params
    body = json.dumps(message).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    server.stdin.flush()


def receive():
    length = 0
    while line := server.stdout.readline().strip():
        name, value = line.split(b":")
        if name.lower() == b"content-length":
            length = int(value)
    assert length, "the server closed its output"
    return json.loads(server.stdout.read(length))


STILL_READING = -32803


def ask(method, params=None):
    global asked
    asked += 1
    send(method, params, id=asked)
    while True:
        message = receive()
        if message.get("id") == asked and "method" not in message:
            error = message.get("error")
            if error is None:
                return message["result"]
            assert error["code"] == STILL_READING, message
            time.sleep(0.1)
            return ask(method, params)


spec = workspace / "specs/002-delivery-notices/spec.md"
document = {"uri": spec.as_uri()}
line = next(at for at, text in enumerate(spec.read_text().split("\n")) if "**FR-003**" in text)
place = {"textDocument": document, "position": {"line": line, "character": 6}}
ask("initialize", {"processId": None, "rootUri": workspace.as_uri(), "capabilities": {}})
send("initialized", {})
send("textDocument/didOpen", {"textDocument": {**document, "languageId": "markdown", "version": 1, "text": spec.read_text()}})
assert ask("textDocument/hover", place)
assert ask("textDocument/references", {**place, "context": {"includeDeclaration": True}})
assert ask("textDocument/documentSymbol", {"textDocument": document})
assert ask("textDocument/diagnostic", {"textDocument": document})
whole = {"start": {"line": 0, "character": 0}, "end": {"line": line, "character": 0}}
ask("textDocument/codeAction", {"textDocument": document, "range": whole, "context": {"diagnostics": []}})
assert ask("textDocument/rename", {**place, "newName": "FR-090"})
assert ask("workspace/symbol", {"query": "FR-003"})
ask("shutdown")
send("exit")
sys.exit(server.wait())
