"""A week of 2,000 bookings in five restaurants, decided by legacy with V3 in shadow: what V3 would have made of it."""
import datetime
import json
import random

from . import demand
from .context import Context
from .report import Result, at_least, at_most, columns, shown

RESTAURANTS = 5
BOOKINGS = 2000
MONDAY = datetime.date(2026, 6, 1)
CONCURRENCY = 15


def run(context: Context) -> Result:
    with context.folder() as folder:
        house, source = demand.white_horse(context.root), random.Random(1)
        houses = [house | {"id": f"week-{number}"} for number in range(1, RESTAURANTS + 1)]
        files = demand.write_houses(folder, houses)
        bookings = folder / "bookings.csv"
        week = demand.week(context.root, houses, BOOKINGS, MONDAY, source)
        demand.write_bookings(bookings, [(f"b{number:04d}", wish) for number, wish in enumerate(week)])
        context.progress("legacy decides and waits up to 65 s for whom it cannot seat; some minutes")
        done = context.run(
            "replay", *files, "--bookings", bookings, "--flow", "shadow", "--concurrency", CONCURRENCY, "--database",
            f"sqlite:{folder / 'week.sqlite'}", "--json", allowed=(0, 1))
    figures = json.loads(done.stdout)
    return Result(_rows(figures), {"seconds": done.wall_ms / 1000, **figures}, _table(figures["shadow"]))


def _rows(figures: dict) -> list:
    shadow = figures["shadow"]
    verdicts, compared = shadow["verdicts"], max(shadow["compared"], 1)
    noise = sum(shadow["noise"].values())
    alike = ("same_tables", "both_failed")
    differs = {name: (verdicts[name], shadow["noise"][name]) for name in verdicts if name not in alike}
    legacy_won = verdicts["legacy_better"] + verdicts["legacy_only"]
    v3_won = verdicts["v3_better"] + verdicts["v3_only"]
    found = compared - verdicts["both_failed"] - verdicts["shadow_error"]
    done = shadow["compared"] + figures["failed"]
    other = sum(count for count, _ in differs.values())
    other_noise = sum(count for _, count in differs.values())
    return [
        shown("bookings", figures["bookings"], "bookings"),
        at_least("compared or refused by the checks", done, figures["bookings"], "bookings"),
        at_most("dropped, or lost", shadow["dropped"] + shadow["unwritten"], 0, "bookings"),
        at_most("broken invariants", figures["invariant_violations"], 0),
        at_most("shadow errors", verdicts["shadow_error"], 0, "bookings"),
        shown("V3 better or alone with tables", 100 * v3_won / compared, "%"),
        shown("legacy better or alone with tables", 100 * legacy_won / compared, "%"),
        shown("V3 finds tables", 100 * (found - verdicts["legacy_only"]) / compared, "%"),
        shown("legacy finds tables at its first quote", 100 * (found - verdicts["v3_only"]) / compared, "%"),
        shown("legacy found tables later", shadow["legacy_late"], "bookings"),
        shown("other tables than legacy, or one of them none", 100 * other / compared, "%"),
        shown("the same of legacy against itself (noise)", 100 * other_noise / max(noise, 1), "%"),
    ]


def _table(shadow: dict) -> str:
    compared, noise = max(shadow["compared"], 1), max(sum(shadow["noise"].values()), 1)
    lines = [
        (name, f"{count:,}", f"{100 * count / compared:.1f}", str(shadow["noise"][name]),
         f"{100 * shadow['noise'][name] / noise:.1f}") for name, count in shadow["verdicts"].items()]
    return columns(("verdict", "bookings", "%", "legacy against itself", "%"), lines, right={1, 2, 3, 4})
