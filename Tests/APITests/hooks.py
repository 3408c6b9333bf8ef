"""What the run adds to the document and to requests; it gets the server's own from the file that API_EXAMPLES names."""

import json
import os
import uuid
from pathlib import Path

import schemathesis
from schemathesis.generation.meta import TestPhase

KEY = "Idempotency-Key"


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Examples of bodies that fit what the server has."""
    bodies = json.loads(Path(os.environ["API_EXAMPLES"]).read_text())
    for path in raw_schema["paths"].values():
        for operation in path.values():
            examples = bodies.pop(operation.get("operationId"), None)
            if examples:
                content = operation["requestBody"]["content"]["application/json"]
                content["examples"] = {f"example {n}": {"value": value} for n, value in enumerate(examples)}
    assert not bodies, f"the document has no operation {', '.join(bodies)}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Storage is not forced open, and no restaurant paused, which would stop everything else. A
    sequence that is tried again makes its things anew: a replayed answer may name what has gone since."""
    if isinstance(case.body, dict) and case.body.get("value") == "paused":
        case.body["value"] = "out"
    if case.operation.method.upper() == "PUT" and (case.path_parameters or {}).get("breaker") == "storage":
        case.path_parameters["breaker"] = "notifier:test"
    if case.meta and case.meta.phase.name == TestPhase.STATEFUL and KEY in (case.headers or {}):
        key = str(case.headers[KEY])
        if 0 < len(key) <= 200 and all("!" <= sign <= "~" for sign in key):
            case.headers[KEY] = f"{key}-{uuid.uuid4().hex}"
