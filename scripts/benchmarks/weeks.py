"""Seven generated weeks of the White Horse: online seating against legacy, and with the day re-seated as bookings come."""
import datetime
import json
import pathlib
import random
import sqlite3

from . import demand
from .context import Context
from .report import Result, at_least, at_most, columns, shown

WEEKS = 7
BOOKINGS_A_WEEK = 560
MONDAY = datetime.date(2026, 6, 1)
# Legacy waits a minute for whom it cannot seat: all of them at once.
CONCURRENCY = {"v3": 15, "legacy": 600}
AUTOMATIC = {"automatic": True, "minimum_gain_percent": 0}
WAYS = {
    "legacy": ("legacy", {}),
    "online": ("v3", {}),
    "re-seated, 5 moves a day": ("v3", AUTOMATIC),
    "re-seated, 50 moves a day": ("v3", AUTOMATIC | {"churn_budget": 50}),
}


def run(context: Context) -> Result:
    ways = {name: _way(context, flow, policy) for name, (flow, policy) in WAYS.items()}
    return Result(_rows(ways), {"weeks": WEEKS, "bookings_a_week": BOOKINGS_A_WEEK, "ways": ways}, _table(ways))


def _way(context: Context, flow: str, policy: dict) -> dict:
    """All weeks in one run, each a restaurant of its own."""
    with context.folder() as folder:
        house = demand.white_horse(context.root) | {"optimisation": policy}
        houses = [house | {"id": f"week-{number}"} for number in range(1, WEEKS + 1)]
        files = demand.write_houses(folder, houses)
        wanted = demand.week(context.root, houses, WEEKS * BOOKINGS_A_WEEK, MONDAY, random.Random(1))
        demand.write_bookings(folder / "bookings.csv", [(f"b{at:05d}", wish) for at, wish in enumerate(wanted)])
        database = folder / "weeks.sqlite"
        done = context.run(
            "replay", *files, "--bookings", folder / "bookings.csv", "--flow", flow, "--concurrency",
            CONCURRENCY[flow], "--database", f"sqlite:{database}", "--json", allowed=(0, 1))
        figures = json.loads(done.stdout) | _stored(database)
    context.progress(f"{flow} {policy or ''}: {figures['confirmed']} seated, {figures['moves']} moves")
    return figures


def _stored(database: pathlib.Path) -> dict:
    with sqlite3.connect(database) as connection:
        seated, covers = connection.execute(
            "SELECT count(*), coalesce(sum(party_size), 0) FROM bookings WHERE status = 'confirmed'").fetchone()
        moves = connection.execute(
            "SELECT coalesce(sum(move_count), 0) FROM day_plans WHERE state = 'applied'").fetchone()[0]
        review = connection.execute(
            "SELECT count(*) FROM bookings WHERE assignment_state = 'manual_review'").fetchone()[0]
    return {"seated": seated, "covers": covers, "moves": moves, "review": review}


def _rows(ways: dict) -> list:
    online, legacy = ways["online"], ways["legacy"]
    rows = [shown("bookings", online["bookings"], "bookings")]
    for name, figures in ways.items():
        rows.append(at_most(f"{name}: broken invariants", figures["invariant_violations"], 0))
    rows.append(at_least("online to legacy, seated", online["seated"] / max(legacy["seated"], 1), 1))
    for name in list(ways)[2:]:
        rows.append(at_least(f"{name}: to online, seated", ways[name]["seated"] / max(online["seated"], 1), 1))
    return rows


def _table(ways: dict) -> str:
    lines = [
        (name, f"{each['seated']:,}", f"{each['covers']:,}", f"{each['moves']:,}", f"{each['review']:,}",
         f"{each['failed']:,}") for name, each in ways.items()]
    return columns(("way", "seated", "covers", "moves", "review", "refused"), lines, right={1, 2, 3, 4, 5})
