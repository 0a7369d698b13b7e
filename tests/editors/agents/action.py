"""action.py ACTION INPUT=VALUE...: runs the steps of a composite action as GitHub's runner does, as far as ours need it."""

import os
import re
import subprocess
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    ACTION = yaml.safe_load(file)
GIVEN = dict(argument.split("=", 1) for argument in sys.argv[2:])
assert GIVEN.keys() <= ACTION["inputs"].keys(), f"no such input: {GIVEN}"
CONTEXT = {"github.action_path": os.path.dirname(os.path.abspath(sys.argv[1]))}
for name, declared in ACTION["inputs"].items():
    CONTEXT[f"inputs.{name}"] = GIVEN.get(name, declared["default"])


def filled(text):
    """Expressions replaced; one that is not known here is a KeyError."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: CONTEXT[found[1]], text)


def wanted(step):
    """Conditions compare one input with nothing."""
    if "if" not in step:
        return True
    found = re.fullmatch(r"(inputs\.[\w-]+) != ''", step["if"])
    return CONTEXT[found[1]] != ""


assert ACTION["runs"]["using"] == "composite"
for step in ACTION["runs"]["steps"]:
    if not wanted(step):
        continue
    # The runner's own way to start `shell: bash`.
    assert step["shell"] == "bash"
    environment = os.environ | {name: filled(value) for name, value in step.get("env", {}).items()}
    place = filled(step.get("working-directory", "."))
    quiet = subprocess.DEVNULL if step["name"].startswith("Build") else None
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env=environment, cwd=place, stdout=quiet, check=False,
    )
    if ran.returncode != 0:
        sys.exit(ran.returncode)
