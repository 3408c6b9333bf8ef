"""500 bookings at once for one restaurant and evening: do all end, how soon, and how many are seated?"""
import datetime
import json
import pathlib
import random
import time

from . import client, demand, rows, server, wire
from .context import CannotRun, Context
from .report import Result, at_least, at_most, median, percentile, shown

BOOKINGS = 500
RESTAURANT = "bench-burst"


def run(context: Context) -> Result:
    runs = [_once(context, seed) for seed in range(context.options.runs)]

    def middle(name: str) -> float | None:
        values = [each[name] for each in runs]
        return None if None in values else median(values)

    return Result([
        shown("confirmed", middle("confirmed"), "bookings"),
        at_most("accepted, but not ended", max(each["unfinished"] for each in runs), 0, "bookings"),
        at_most("refused", max(each["refused"] for each in runs), 0, "bookings"),
        at_least("seated, to `online` in the order accepted", middle("seated_ratio"), 0.99),
        shown("seated, to `online`, worst run", min(each["seated_ratio"] for each in runs)),
        at_most("confirmed, P95", middle("p95_ms"), 1000, "ms"),
        at_most("all ended", middle("ended_ms"), 5000, "ms"),
    ], {"runs": runs})


def _once(context: Context, seed: int) -> dict:
    house = demand.white_horse(context.root) | {"id": RESTAURANT}
    friday = demand.next_friday(datetime.date.today() + datetime.timedelta(days=7))
    wanted = demand.wishes(context.root, house, [friday], "dinner", random.Random(seed))
    wishes = [next(wanted) for _ in range(BOOKINGS)]
    requests = [wire.create_booking(wish, f"burst-{seed}-{number}") for number, wish in enumerate(wishes)]
    with context.folder() as folder, server.serving(context, folder, **server.V3) as running:
        running.put_restaurants([house])
        started = time.perf_counter()
        answers = client.at_once(running.port, requests)
        ended_ms, unfinished = _wait_until_ended(running.database, started)
        accepted = {wire.booking_id(each.body): each for each in answers if each.status in (200, 201, 202)}
        if not accepted:
            raise CannotRun(f"no booking was accepted: {answers[0].status}: {answers[0].body[:300]}")
        order, confirmed = _stored(running.database)
        planned = _plan(context, folder, house, [(name, wishes[accepted[name].number]) for name in order])
        # Those confirmed after their answer was sent count with the time at which all had ended.
        times = [
            each.ms if wire.is_confirmed(each.status, each.body) else ended_ms
            for name, each in accepted.items() if name in confirmed]
        return {
            "confirmed": len(confirmed), "planned_online": planned, "refused": BOOKINGS - len(accepted),
            "unfinished": unfinished, "seated_ratio": len(confirmed) / planned if planned else 0,
            "p50_ms": percentile(times, 50), "p95_ms": percentile(times, 95), "ended_ms": ended_ms}


def _wait_until_ended(database: pathlib.Path, started: float, seconds: float = 60) -> tuple[float, int]:
    """Milliseconds until no booking was unfinished, and how many still are when waiting is over."""
    while True:
        left, now = rows.unfinished(database), time.perf_counter()
        if left == 0 or now - started > seconds:
            return (now - started) * 1000, left
        time.sleep(0.02)


def _stored(database: pathlib.Path) -> tuple[list[str], set[str]]:
    """Ids in the order accepted, and those that were confirmed."""
    with rows.reading(database) as connection:
        found = connection.execute("SELECT id, assignment_state FROM bookings ORDER BY created_at, rowid").fetchall()
    return [name for name, _ in found], {name for name, state in found if state == "confirmed"}


def _plan(context: Context, folder: pathlib.Path, house: dict, order: list) -> int:
    """How many `headwaiter plan --mode online` seats of the same bookings in the same order."""
    restaurant, bookings, plan = folder / "restaurant.json", folder / "bookings.csv", folder / "plan.json"
    restaurant.write_text(json.dumps(house), encoding="utf-8")
    demand.write_bookings(bookings, order)
    context.run("plan", "--restaurant", restaurant, "--bookings", bookings, "--mode", "online", "--output", plan)
    return json.loads(plan.read_text(encoding="utf-8"))["summary"]["seated"]
