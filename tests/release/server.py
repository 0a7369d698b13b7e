"""server.py PROGRAM [--end]: the language server answers and ends as the protocol says; with --end it ends by SIGTERM."""

import json
import os
import signal
import subprocess
import sys
import time

server = subprocess.Popen([sys.argv[1], "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def send(method, number=None, params=None):
    message = {"jsonrpc": "2.0", "method": method}
    if number is not None:
        message["id"] = number
    if params is not None:
        message["params"] = params
    body = json.dumps(message).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def answer(number):
    while True:
        length = 0
        while line := server.stdout.readline().strip():
            name, value = line.split(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            sys.exit("the server went away")
        message = json.loads(server.stdout.read(length))
        if message.get("id") == number and "method" not in message:
            return message


send("initialize", 1, {"processId": None, "rootUri": None, "capabilities": {}})
name = answer(1)["result"]["serverInfo"]["name"]
if name != "spec-analyzer":
    sys.exit(f"the server calls itself {name}")
send("initialized", params={})
if "--end" not in sys.argv:
    send("shutdown", 2)
    answer(2)
    send("exit")
    sys.exit(server.wait(timeout=20))


def below(parent):
    """Processes that the one started."""
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as stat:
                if int(stat.read().rpartition(")")[2].split()[1]) == parent:
                    yield int(entry)
        except OSError:
            pass


started = list(below(server.pid)) if os.path.isdir("/proc") else []
server.send_signal(signal.SIGTERM)
code = server.wait(timeout=20)
if code != 128 + signal.SIGTERM:
    sys.exit(f"exit code {code}, expected {128 + signal.SIGTERM}")
for _ in range(100):
    left = [each for each in started if os.path.exists(f"/proc/{each}")]
    if not left:
        sys.exit(0)
    time.sleep(0.1)
sys.exit(f"still there: {left}")
