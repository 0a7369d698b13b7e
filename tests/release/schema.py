"""schema.py BILL: held against the official schema of CycloneDX, which comes with cyclonedx-python-lib."""

import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

with open(sys.argv[1], encoding="utf-8") as file:
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(file.read())
if wrong:
    sys.exit(str(wrong))
