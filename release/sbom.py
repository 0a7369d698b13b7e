"""The bill of materials: CycloneDX 1.6 as JSON.

Two releases of one commit have the same bytes: the serial number is made of the content, the time is that of the release.
`cargo cyclonedx` would be compiled first and does not say what is linked and what only builds.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid

from crates import PACKAGE, Crate


def reference(crate: Crate) -> str:
    # Our rooms are in no registry: a purl would name somebody else's crate.
    return f"{PACKAGE}:{crate.key}" if crate.own else f"pkg:cargo/{crate.key}"


def component(crate: Crate) -> dict:
    return {
        "type": "application" if crate.name == PACKAGE else "library",
        "bom-ref": reference(crate),
        "name": crate.name,
        "version": crate.version,
        **({"description": crate.description.strip()} if crate.description else {}),
        "scope": "required" if crate.linked else "excluded",
        **({"hashes": [{"alg": "SHA-256", "content": crate.checksum}]} if crate.checksum else {}),
        **({"licenses": [{"expression": crate.license}]} if crate.license else {}),
        **({} if crate.own else {"purl": reference(crate)}),
    }


def sbom(found: dict[str, Crate], target: str, program: bytes, when: int) -> bytes:
    main = next(each for each in found.values() if each.name == PACKAGE)
    about = component(main)
    del about["scope"]
    about["hashes"] = [{"alg": "SHA-256", "content": hashlib.sha256(program).hexdigest()}]
    about["properties"] = [{"name": "cargo:target", "value": target}]
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when)), "component": about},
        "components": [component(each) for each in found.values() if each is not main],
        "dependencies": [
            {"ref": reference(each), "dependsOn": sorted(reference(found[need]) for need in each.needs)}
            for each in found.values()
        ],
    }
    content = json.dumps(bill, sort_keys=True)
    bill["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}"
    return (json.dumps(bill, indent=2, ensure_ascii=False) + "\n").encode()
