"""bill.py ROOT TARGET BILL PROGRAM: the bill of materials lists exactly what cargo compiles for the program, and the program."""

import hashlib
import json
import subprocess
import sys

root, target, bill, program = sys.argv[1:]
with open(bill, encoding="utf-8") as file:
    bill = json.load(file)

# Another answer of cargo than the one the bill is made of: the packages that it compiled.
out = subprocess.run(
    ["cargo", "build", "--quiet", "--locked", "-p", "spec-analyzer", "--bin", "spec-analyzer", "--message-format=json"],
    cwd=root, check=True, stdout=subprocess.PIPE, text=True,
).stdout
compiled = set()
for line in out.splitlines():
    message = json.loads(line)
    if message["reason"] == "compiler-artifact":
        place, _, name = message["package_id"].partition("#")
        compiled.add(name if "@" in name else f"{place.rsplit('/', 1)[-1]}@{name}")
main = bill["metadata"]["component"]
listed = {f"{each['name']}@{each['version']}" for each in [main, *bill["components"]]}
for name, more in (("compiled and not listed", compiled - listed), ("listed and not compiled", listed - compiled)):
    if more:
        print(f"{name}: {', '.join(sorted(more))}")
        sys.exit(1)

with open(program, "rb") as file:
    assert main["hashes"][0]["content"] == hashlib.sha256(file.read()).hexdigest(), "the hash is not that of the program"
with open(f"{root}/Cargo.lock", encoding="utf-8") as file:
    lock = file.read()
for each in bill["components"]:
    outside = "purl" in each
    assert outside == ("hashes" in each), f"{each['name']}: a crate of a registry has a hash, ours have none"
    assert not outside or f'name = "{each["name"]}"\nversion = "{each["version"]}"' in lock, each["name"]
    assert not outside or each["hashes"][0]["content"] in lock, f"{each['name']}: its hash is not in Cargo.lock"
references = {main["bom-ref"], *(each["bom-ref"] for each in bill["components"])}
for each in bill["dependencies"]:
    assert {each["ref"], *each["dependsOn"]} <= references, each["ref"]
print(f"{len(listed)} components")
