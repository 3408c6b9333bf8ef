"""The restaurants of a run: two of the size of a pub, some small ones that fill up, and one that always has room."""
import datetime
import json
import pathlib

PUB = pathlib.Path(__file__).resolve().parents[2] / "data" / "white-horse-waterbeach.restaurant.json"
PROBE = "chaos-probe"


def house(name: str, keep: list[str] | None = None, **changes) -> dict:
    """The pub under another id, with some of its tables."""
    document = json.loads(PUB.read_text()) | {"id": name, "name": name.replace("-", " ").title()} | changes
    if keep is not None:
        document["tables"] = [table for table in document["tables"] if table["number"] in keep]
        document["adjacency"] = [pair for pair in document["adjacency"] if set(pair) <= set(keep)]
        zones = {table["zone"] for table in document["tables"]}
        document["zones"] = [zone for zone in document["zones"] if zone["name"] in zones]
    return document


def corner(name: str) -> dict:
    """Two fixed tables, and a combination that only its name allows."""
    document = house(
        name, ["B1", "B3", "B4", "B5", "B6", "B8"],
        combinations=[{"name": "Long table", "tables": ["B1", "B8"], "min_party": 5, "max_party": 6}])
    for table in document["tables"]:
        if table["number"] in ("B1", "B8"):
            table["mobility"] = "fixed"
    return document


def probe() -> dict:
    """Tables for two, none of which can be joined, all day long."""
    document = house(PROBE, ["B1"])
    first = document["tables"][0]
    document["tables"] = [first | {"number": f"P{n}", "mobility": "fixed"} for n in range(40)]
    document["adjacency"] = []
    return document


HOUSES = {
    "chaos-pub-1": house("chaos-pub-1"), "chaos-pub-2": house("chaos-pub-2"), "chaos-corner-1": corner("chaos-corner-1"),
    "chaos-corner-2": corner("chaos-corner-2"), "chaos-dining": house("chaos-dining", [f"D{n}" for n in range(5, 12)]),
    "chaos-garden": house("chaos-garden", [f"G{n}" for n in range(1, 7)]), PROBE: probe()}
# Those that guests book.
OPEN = [name for name in HOUSES if name != PROBE]
# Days that lie ahead, beginning with a Friday.
FRIDAY = next(
    day for ahead in range(14, 21) if (day := datetime.date.today() + datetime.timedelta(days=ahead)).weekday() == 4)
DAYS = [(FRIDAY + datetime.timedelta(days=n)).isoformat() for n in range(28)]
STARTS = [f"{minute // 60:02d}:{minute % 60:02d}" for first, last in ((720, 825), (1020, 1170))
          for minute in range(first, last + 1, 15)]


def wish(rng) -> dict:
    """What a guest asks for: often the same evenings, so that tables run out."""
    day = rng.choice(DAYS[:2]) if rng.random() < 0.4 else rng.choice(DAYS)
    return {"restaurant_id": rng.choice(OPEN), "date": day, "start_time": rng.choice(STARTS), "party_size": party(rng)}


def party(rng) -> int:
    return rng.choices(range(1, 9), [4, 40, 12, 24, 6, 8, 2, 4])[0]


class FreePlaces:
    """Places of the house that always has room, each given out once."""

    def __init__(self):
        self.given = 0

    def next(self) -> dict:
        place = self.given
        self.given += 1
        # A table is taken for at most 65 minutes: every fifth start.
        start = ["12:00", "13:15", "17:00", "18:15", "19:30"][place // 40 % 5]
        return {"restaurant_id": PROBE, "date": DAYS[place // 200 % len(DAYS)], "start_time": start, "party_size": 2}
