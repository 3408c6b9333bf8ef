"""What V3 in shadow costs the flow that decides: legacy's latency at half load, with shadow and without."""
import itertools

from . import client, demand, rows, server
from .api import CONNECTIONS, RESTAURANTS, _rate, _requests, _times
from .context import CannotRun, Context
from .report import Result, at_least, at_most, median, shown

LEGACY = {"FEATURE_ASSIGNMENT_PIPELINE_V3": "false"}
SHADOW = LEGACY | {"FEATURE_ASSIGNMENT_PIPELINE_V3_SHADOW": "true"}


def run(context: Context) -> Result:
    house = demand.white_horse(context.root)
    houses = [house | {"id": f"bench-{number:02d}"} for number in range(1, RESTAURANTS + 1)]
    runs = [_once(context, houses, number) for number in range(context.options.runs)]

    def middle(name: str) -> float:
        return median([each[name] for each in runs])

    return Result([
        shown("legacy, confirmed a second", middle("rate"), "1/s"),
        shown("half load without shadow, P95", middle("off_p95_ms"), "ms"),
        shown("half load with shadow, P95", middle("on_p95_ms"), "ms"),
        at_most("with shadow to without, P95", middle("ratio"), 1.1),
        at_least("bookings compared, of those decided", middle("compared"), 0.99),
    ], {"runs": runs})


def _once(context: Context, houses: list[dict], number: int) -> dict:
    """Without and with in turn, so that neither has the warmer machine."""
    rate = _full(context, houses, number)
    order = [("off", LEGACY), ("on", SHADOW)]
    result: dict = {"rate": rate}
    for name, flags in order if number % 2 == 0 else order[::-1]:
        result |= _half(context, houses, number, rate / 2, name, flags)
    result["ratio"] = result["on_p95_ms"] / result["off_p95_ms"]
    context.progress(f"run {number + 1}: {result['ratio']:.2f} with shadow to without")
    return result


def _full(context: Context, houses: list[dict], number: int) -> float:
    seconds = context.options.seconds
    with context.folder() as folder, server.serving(context, folder, **LEGACY) as running:
        running.put_restaurants(houses)
        requests = _requests(context, houses, seed=number, prefix=f"full-{number}")
        client.closed_loop(running.port, list(itertools.islice(requests, 500)), CONNECTIONS, 5)
        rate = _rate(client.closed_loop(
            running.port, list(itertools.islice(requests, int(seconds * 8000))), CONNECTIONS, seconds))
    if rate == 0:
        raise CannotRun("legacy confirmed no booking")
    return rate


def _half(context: Context, houses: list[dict], number: int, rate: float, name: str, flags: dict) -> dict:
    with context.folder() as folder, server.serving(context, folder, **flags) as running:
        running.put_restaurants(houses)
        requests = _requests(context, houses, seed=number, prefix=f"half-{number}")
        client.closed_loop(running.port, list(itertools.islice(requests, 500)), CONNECTIONS, 5)
        count = int(rate * context.options.seconds)
        half = client.paced(running.port, list(itertools.islice(requests, count)), CONNECTIONS, rate)
        result = {f"{name}_p95_ms": _times(half)["p95_ms"]}
        if name == "on":
            with rows.reading(running.database) as database:
                compared, decided = database.execute("""
                    SELECT (SELECT count(*) FROM shadow_comparisons),
                      (SELECT count(*) FROM bookings WHERE outcome IS NOT NULL AND verified)""").fetchone()
            result["compared"] = compared / decided if decided else 0
        return result
