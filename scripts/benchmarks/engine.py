"""One planning call in a process of its own: scripts/bench-seating does it, with the engine linked in."""
import json

from .context import CannotRun, Context, measure
from .report import Result, Row


def run(context: Context) -> Result:
    """Takes rows `{what, value, unit, bar, verdict}` from the last line that the script prints."""
    script = context.root / "scripts" / "bench-seating"
    if not script.exists():
        raise CannotRun("scripts/bench-seating is not there")
    lines = measure([str(script), "--json"], context.environment()).stdout.strip().splitlines()
    try:
        rows = [Row(**row) for row in json.loads(lines[-1])["rows"]]
    except (IndexError, KeyError, TypeError, json.JSONDecodeError) as problem:
        raise CannotRun(f"scripts/bench-seating --json printed no rows: {problem!r}") from problem
    return Result(rows, {})
