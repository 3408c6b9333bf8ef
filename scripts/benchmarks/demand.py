"""Seeded demand for a restaurant file: starts that its services and turns allow, party sizes as counted in data/."""
import csv
import datetime
import json
import pathlib
import random
from typing import Any, Iterator, NamedTuple

Restaurant = dict[str, Any]

# Guests come when others do: so much of a week is booked on each day, from Monday on.
DAYS = (10, 10, 12, 14, 20, 21, 13)


class Wish(NamedTuple):
    """A booking to be made."""

    restaurant: str
    date: datetime.date
    time: str
    party: int


def white_horse(root: pathlib.Path) -> Restaurant:
    return json.loads((root / "data" / "white-horse-waterbeach.restaurant.json").read_text(encoding="utf-8"))


def next_friday(after: datetime.date) -> datetime.date:
    return after + datetime.timedelta(days=(4 - after.weekday()) % 7)


def party_sizes(root: pathlib.Path, kind: str) -> tuple[list[int], list[int]]:
    """Sizes and how often each was counted."""
    with open(root / "data" / "party-sizes.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["service"] == kind]
    return [int(row["party_size"]) for row in rows], [int(row["parties"]) for row in rows]


def service(restaurant: Restaurant, kind: str, date: datetime.date) -> dict[str, Any]:
    day = date.strftime("%a").lower()
    return next(each for each in restaurant["service_periods"] if each["kind"] == kind and day in each["days"])


def starts(restaurant: Restaurant, period: dict[str, Any], party: int) -> list[str]:
    """Every start on the grid at which a party can still stay its turn."""
    turn = next(band["minutes"] for band in period["turn_bands"] if party <= band["max_party"])
    opening, closing = _minutes(period["start"]), _minutes(period["end"])
    last = min(closing - turn, closing - restaurant.get("last_seating_buffer_minutes", 0))
    grid = range(opening, last + 1, restaurant.get("booking_interval_minutes", 15))
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in grid]


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def wishes(
    root: pathlib.Path, restaurant: Restaurant, dates: list[datetime.date], kind: str, generator: random.Random
) -> Iterator[Wish]:
    """Endless bookings for a service kind, the dates in turn."""
    sizes, weights = party_sizes(root, kind)
    while True:
        for date in dates:
            party = generator.choices(sizes, weights)[0]
            times = starts(restaurant, service(restaurant, kind, date), party)
            yield Wish(restaurant["id"], date, generator.choice(times), party)


def week(
    root: pathlib.Path, houses: list[Restaurant], count: int, monday: datetime.date, source: random.Random
) -> list[Wish]:
    """So many bookings of one week for all houses, in a random order, as they are made over the weeks before."""
    wanted: list[Wish] = []
    for number in range(count):
        house = houses[number % len(houses)]
        day = monday + datetime.timedelta(days=source.choices(range(7), DAYS)[0])
        kind = source.choices(_kinds(house, day))[0]
        wanted.append(next(wishes(root, house, [day], kind, source)))
    source.shuffle(wanted)
    return wanted


def _kinds(house: Restaurant, date: datetime.date) -> list[str]:
    """Lunch and dinner where there are both; dinner counts twice."""
    day = date.strftime("%a").lower()
    there = {each["kind"] for each in house["service_periods"] if day in each["days"]}
    return [kind for kind in ("lunch", "dinner", "dinner") if kind in there]


def write_houses(folder: pathlib.Path, houses: list[Restaurant]) -> list[object]:
    """A file for each; how `headwaiter` is told of them."""
    arguments: list[object] = []
    for house in houses:
        path = folder / f"{house['id']}.json"
        path.write_text(json.dumps(house), encoding="utf-8")
        arguments += ["--restaurant", path]
    return arguments


def write_bookings(path: pathlib.Path, rows: list[tuple[str, Wish]]) -> None:
    """A bookings file as `headwaiter plan` and `replay` read it."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["booking_id", "restaurant_id", "date", "start_time", "party_size"])
        for name, wish in rows:
            writer.writerow([name, wish.restaurant, wish.date.isoformat(), wish.time, wish.party])
