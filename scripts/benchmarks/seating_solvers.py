"""The exact solvers of the seating bench kit, run in the same sitting: CP-SAT and HiGHS, both of OR-Tools."""
import importlib.util
import json
import pathlib
import time
from typing import Any, Callable, NamedTuple

# What `day` may take.
DAY_SECONDS = {"S": 0.2, "M": 1, "L": 2, "XL": 10}
SCRIPTS = {"cp-sat": "solve_cpsat.py", "highs": "solve_milp.py"}


class Optimum(NamedTuple):
    """The best plan that is known, and which of its figures are proven."""
    seated: int
    covers: int
    cost: int
    proven: tuple[str, ...]


def are_there() -> bool:
    return importlib.util.find_spec("ortools") is not None


def solve(call: Callable[..., str], instance: pathlib.Path) -> dict[str, Any]:
    """What each solver finds, with its wall time; empty where OR-Tools is not installed."""
    if not are_there():
        return {}
    found = {}
    # Ten times what `day` may take, at most a minute.
    limit = min(60, 10 * DAY_SECONDS[instance.stem.split("-")[0]])
    for name, script in SCRIPTS.items():
        begin = time.monotonic()
        answer = json.loads(call(script, instance, "--limit", limit))
        found[name] = {
            "seated": answer["seated"], "covers": answer["covers"], "cost": answer["cost"],
            "ms": (time.monotonic() - begin) * 1_000, "proven": proven(answer["stages"])}
    return found


def proven(stages: list[dict[str, Any]]) -> list[str]:
    """The stages that are proven, up to the first that is not."""
    names = []
    for stage in stages:
        if stage["status"] != "OPTIMAL":
            break
        names.append(stage["stage"])
    return names


def optimum(reference: dict[str, Any], solvers: dict[str, Any]) -> Optimum | None:
    """From the kit's reference, else from HiGHS; None unless at least the seated bookings are proven."""
    if "seated" in reference:
        return Optimum(reference["seated"], reference["covers"], reference["cost"], tuple(reference["stages_proven"]))
    highs = solvers.get("highs", {})
    if "seated" in highs.get("proven", []):
        return Optimum(highs["seated"], highs["covers"], highs["cost"], tuple(highs["proven"]))
    return None
