"""Which faults come in which order: all drawn from the seed."""
import random

from . import faults

# Seconds that the faults of one arena may take in a short run, by their own estimates.
SHORT_BUDGET = 46
SHORT_ARENAS = 3
# Never left out of a short run: one of each kind.
ALWAYS = ["killed", "paused", "connections-cut", "database-killed", "notifier-hangs", "planner-nonsense", "flags-flipped",
          "clocks-apart", "disk-full"]


def chosen(names: list[str]) -> list:
    """The faults of these names; all unless any is given."""
    unknown = [name for name in names if name not in faults.BY_NAME]
    if unknown:
        raise SystemExit(f"There is no fault {unknown[0]}; there are: {', '.join(faults.BY_NAME)}")
    return [faults.BY_NAME[name] for name in names] or list(faults.ALL)


def long_order(seed: int, names: list[str]) -> list:
    """All, in some order."""
    order = chosen(names)
    random.Random(f"{seed}/order").shuffle(order)
    return order


def short_order(seed: int, names: list[str]) -> list[list]:
    """A list for each arena, which run side by side: as many as fit into the time."""
    if names:
        return [chosen(names)]
    rng = random.Random(f"{seed}/order")
    rest = [fault for fault in faults.ALL if fault.name not in ALWAYS]
    rng.shuffle(rest)
    arenas: list[list] = [[] for _ in range(SHORT_ARENAS)]
    for fault in chosen(ALWAYS) + rest:
        place = min(arenas, key=cost)
        if cost(place) + fault.cost <= SHORT_BUDGET:
            place.append(fault)
    for place in arenas:
        rng.shuffle(place)
    return arenas


def cost(order: list) -> int:
    return sum(fault.cost for fault in order)
