"""The bars of the quality specification for plans of a day, by mode, family and load."""
from typing import Any

from .report import Row, at_least, at_most, median, shown
from .seating_solvers import DAY_SECONDS, Optimum

Days = list[dict[str, Any]]

# What opportunity cost should gain over the best greedy on tight days.
AIM_PERCENT = 2
# Sums of seeds 1 to 3.
RESEAT_SEATED = {("S", "comfortable"): 166, ("S", "tight"): 212}
RESEAT_MS_PER_BOOKING = 20


def rows(mode: str, family: str, load: str, days: Days) -> list[Row]:
    name = f"{family} {load}: {mode}"
    plans = [day["modes"][mode] for day in days]
    result = [at_most(f"{name}, invalid plans", sum(not plan["valid"] for plan in plans), 0)]
    judge = {"online": _online, "reseat": _reseat, "day": _day}.get(mode)
    if judge:
        result += judge(name, family, load, days)
    result.append(shown(f"{name}, wall median", median(plan["wall_ms"] for plan in plans), "ms"))
    if family == "XL":
        result.append(at_most(f"{name}, peak memory", max(plan["peak_mb"] for plan in plans), 200, "MB"))
    return result


def _total(days: Days, mode: str, figure: str = "seated") -> int:
    return sum(day["modes"][mode][figure] for day in days)


def _online(name: str, family: str, load: str, days: Days) -> list[Row]:
    best = max(sum(day["greedy"][rule] for day in days) for rule in days[0]["greedy"])
    seated = _total(days, "online")
    result = [at_least(f"{name}, seated", seated, best, "bookings", " (best online greedy)")]
    if load == "tight":
        result.append(Row(f"{name}, over the greedy", (seated / best - 1) * 100, "%", f"aim {AIM_PERCENT} %"))
    return result


def _reseat(name: str, family: str, load: str, days: Days) -> list[Row]:
    seated = _total(days, "reseat")
    is_reference = [day["seed"] for day in days] == [1, 2, 3]
    if is_reference and (family, load) in RESEAT_SEATED:
        result = [at_least(f"{name}, seated", seated, RESEAT_SEATED[family, load], "bookings")]
    elif "online" in days[0]["modes"]:
        result = [at_least(f"{name}, seated", seated, _total(days, "online"), "bookings", " (online)")]
    else:
        result = [shown(f"{name}, seated", seated, "bookings")]
    slowest = max(day["modes"]["reseat"]["solve_ms"] / day["modes"]["reseat"]["bookings"] for day in days)
    return result + [at_most(f"{name}, a booking", slowest, RESEAT_MS_PER_BOOKING, "ms")]


def _day(name: str, family: str, load: str, days: Days) -> list[Row]:
    known = [day for day in days if day["optimum"]]
    result = []
    if family == "XL":
        share = 100 * _total(days, "day") / sum(bound(day) for day in days)
        result.append(at_least(f"{name}, seated", share, 97, "%", " of the bound (aim 98.5 %)"))
    elif known:
        seated = 100 * _total(known, "day") / sum(day["optimum"].seated for day in known)
        least = 99.8 if family == "L" else 100
        result.append(at_least(f"{name}, seated", seated, least, "%", " of the optimum"))
    if family == "S" and known:
        result.append(at_most(f"{name}, short of the optimum in anything", sum(map(_is_short, known)), 0, "days"))
    if family == "M" and known:
        worst = min(100 * day["modes"]["day"]["covers"] / day["optimum"].covers for day in known)
        result.append(at_least(f"{name}, covers, the worst day", worst, 99.5, "%", " of the optimum"))
    slowest = max(day["modes"]["day"]["solve_ms"] for day in days)
    return result + [at_most(f"{name}, slowest", slowest, DAY_SECONDS[family] * 1_000, "ms")]


def _is_short(day: dict[str, Any]) -> bool:
    plan, best = day["modes"]["day"], day["optimum"]
    return (plan["seated"], plan["covers"], -plan["cost"]) < (best.seated, best.covers, -best.cost)


def bound(day: dict[str, Any]) -> int:
    """The lowest upper bound that is known."""
    return min(value for value in (day["bound"], *(plan["bound"] for plan in day["modes"].values())) if value is not None)


def figures(seated: int, covers: int, cost: int) -> str:
    return f"{seated}/{covers}/{cost}"


def optimum_words(best: Optimum | None) -> str:
    return "" if best is None else figures(best.seated, best.covers, best.cost)
