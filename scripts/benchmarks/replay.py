"""A 300-booking Friday through the real pipeline, 15 at a time, in both flows."""
import datetime
import itertools
import json
import pathlib
import random

from . import demand
from .context import Context
from .report import Result, at_most, median, shown

FRIDAY = datetime.date(2026, 6, 5)
LUNCH, DINNER = 100, 200
CONCURRENCY = 15
FIGURES = ("confirmed", "manual_review", "failed", "p50_ms", "p95_ms", "p99_ms", "invariant_violations")


def run(context: Context) -> Result:
    runs = {flow: [_once(context, flow, seed) for seed in range(_count(context, flow))] for flow in ("v3", "legacy")}
    rows = []
    for flow, done in runs.items():
        rows.append(at_most(f"{flow}: broken invariants", max(each["invariant_violations"] for each in done), 0))
        for outcome in ("confirmed", "manual_review", "failed"):
            rows.append(shown(f"{flow}: {outcome}", median(each[outcome] for each in done), "bookings"))
        for percent in ("p50_ms", "p95_ms", "p99_ms"):
            value = median(each[percent] for each in done)
            name = f"{flow}: {percent[:-3].upper()}"
            bounded = (flow, percent) == ("v3", "p95_ms")
            rows.append(at_most(name, value, 3000, "ms") if bounded else shown(name, value, "ms"))
        rows.append(shown(f"{flow}: wall", median(each["wall_ms"] for each in done) / 1000, "s"))
    return Result(rows, {"runs": runs, "bookings": LUNCH + DINNER, "concurrency": CONCURRENCY})


def _count(context: Context, flow: str) -> int:
    """The old flow waits for minutes by design, so once is enough."""
    return context.options.runs if flow == "v3" else 1


def _once(context: Context, flow: str, seed: int) -> dict:
    with context.folder() as folder:
        restaurant = context.root / "data" / "white-horse-waterbeach.restaurant.json"
        bookings = folder / "bookings.csv"
        write_friday(context.root, bookings, seed)
        done = context.run(
            "replay", "--restaurant", restaurant, "--bookings", bookings, "--flow", flow, "--concurrency", CONCURRENCY,
            "--database", f"sqlite:{folder / 'replay.sqlite'}", "--json", allowed=(0, 1))
        figures = json.loads(done.stdout)
    context.progress(f"{flow}: {figures['confirmed']} confirmed, P95 {figures['p95_ms']} ms")
    return {name: figures[name] for name in FIGURES} | {"wall_ms": done.wall_ms, "peak_mb": done.peak_mb}


def write_friday(root: pathlib.Path, path: pathlib.Path, seed: int) -> None:
    """Lunch and dinner of one Friday, in a random order of arrival."""
    house, source = demand.white_horse(root), random.Random(seed)
    wanted = [
        wish for kind, count in (("lunch", LUNCH), ("dinner", DINNER))
        for wish in itertools.islice(demand.wishes(root, house, [FRIDAY], kind, source), count)]
    source.shuffle(wanted)
    demand.write_bookings(path, [(f"b{number:03d}", wish) for number, wish in enumerate(wanted, 1)])
