"""servers.py AGENTS PROJECT: starts the server that each agent's file names, opens a document of the sample and expects its
finding from a warning upward."""

import json
import os
import pathlib
import subprocess
import sys

AGENTS, PROJECT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
DOCUMENT = PROJECT / "specs/002-delivery-notices/plan.md"


def read(name):
    return json.loads((AGENTS / name).read_text(encoding="utf-8"))


def send(server, message):
    body = json.dumps({"jsonrpc": "2.0"} | message).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    server.stdin.flush()


def receive(server):
    length = 0
    while (line := server.stdout.readline().strip()) != b"":
        key, _, value = line.partition(b":")
        if key.lower() == b"content-length":
            length = int(value)
    assert length, "the server has ended"
    return json.loads(server.stdout.read(length))


def expect_finding(command):
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT)
    uri = DOCUMENT.as_uri()
    send(server, {"id": 1, "method": "initialize", "params": {
        "processId": os.getpid(), "rootUri": PROJECT.as_uri(), "capabilities": {},
        "workspaceFolders": [{"uri": PROJECT.as_uri(), "name": "parcels"}]}})
    while receive(server).get("id") != 1:
        pass
    send(server, {"method": "initialized", "params": {}})
    send(server, {"method": "textDocument/didOpen", "params": {"textDocument": {
        "uri": uri, "languageId": "markdown", "version": 1, "text": DOCUMENT.read_text(encoding="utf-8")}}})
    while True:
        message = receive(server)
        told = message.get("params", {})
        if message.get("method") == "textDocument/publishDiagnostics" and told["uri"] == uri:
            if any(it["code"] == "leftover-placeholder" and it["severity"] == 2 for it in told["diagnostics"]):
                break
    send(server, {"id": 2, "method": "shutdown"})
    while receive(server).get("id") != 2:
        pass
    send(server, {"method": "exit"})
    assert server.wait(10) == 0


claude = read("claude-code/.lsp.json")["spec-analyzer"]
assert claude["extensionToLanguage"] == {".md": "markdown"}
opencode = read("opencode/opencode.json")["lsp"]["spec-analyzer"]
assert opencode["extensions"] == [".md"]
crush = read("crush/crush.json")["lsp"]["spec-analyzer"]
assert crush["filetypes"] == ["markdown"]
plugin = read("claude-code/.claude-plugin/plugin.json")
hooks = read("claude-code/hooks/hooks.json")["hooks"]["Stop"][0]["hooks"][0]["command"]
assert plugin["name"] == "spec-analyzer" and "hooks/before-stop.sh" in hooks
commands = [[claude["command"], *claude["args"]], opencode["command"], [crush["command"], *crush["args"]]]
for command in commands:
    expect_finding(command)
print(len(commands), "servers")
