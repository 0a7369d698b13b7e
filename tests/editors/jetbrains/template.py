"""template.py DIRECTORY: whether LSP4IJ can import the directory as a template (its importer's rules, as of June 2026)."""

import json
import pathlib
import shlex
import shutil
import sys

TEMPLATE = pathlib.Path(sys.argv[1])
# The importer takes these and passes over all else: whatever is here must be one of them.
KNOWN = {
    "template.json", "settings.json", "settings.schema.json", "initializationOptions.json", "experimental.json",
    "clientSettings.json", "installer.json", "workspaceFolderSettings.json", "README.md",
}


def read(name):
    return json.loads((TEMPLATE / name).read_text(encoding="utf-8"))


files = {path.name for path in TEMPLATE.iterdir()}
assert files <= KNOWN, f"not read by the importer: {files - KNOWN}"
for name in files:
    if name.endswith(".json"):
        assert isinstance(read(name), dict), name

template = read("template.json")
assert template["id"] and template["name"]
# It must be there as an object, else the importer throws.
commands = template["programArgs"]
assert isinstance(commands, dict) and commands.keys() <= {"default", "windows", "mac", "unix"} and commands["default"]
for mapping in template["fileTypeMappings"]:
    kind = mapping["fileType"]
    assert isinstance(kind, dict) and (kind.get("name") or kind.get("patterns")), mapping
    assert mapping["languageId"] == "markdown"
program, *arguments = shlex.split(commands["default"])
assert shutil.which(program), f"{program} is not in PATH"
assert arguments == ["lsp"]

schema = read("settings.schema.json")
assert schema["type"] == "object"
for name in schema["properties"]:
    assert name.startswith("spec-analyzer."), name
print("JetBrains: the template can be imported (not run in an IDE)")
