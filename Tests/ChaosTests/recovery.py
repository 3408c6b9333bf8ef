"""How long it takes from a fault's end until everything works again."""
import time

from .invariants import ENDED

# A booking that is unfinished so long after the fault's end is a violation.
LIMIT = 60.0
# What is waited for after that.
EXTRA = 10.0


class Recovery:
    """Waits for what was unfinished when the fault ended, and for a fresh booking on each instance."""

    def __init__(self, arena):
        self.arena = arena
        self.began = time.monotonic()
        self.left = set(self.states(f"assignment_state NOT IN {ENDED}"))
        self.fresh: dict[object, str] = {}
        self.unseen = set(arena.fleet)

    @property
    def age(self) -> float:
        return time.monotonic() - self.began

    def states(self, condition: str) -> dict[str, str]:
        rows = self.arena.session.rows(f"SELECT id, assignment_state AS state FROM bookings WHERE {condition}")
        return {row["id"]: row["state"] for row in rows}

    def wait(self) -> tuple[float, dict[str, list[str]]]:
        """Seconds to recover, and what had not recovered in time."""
        overdue: dict[str, list[str]] = {}
        while self.age < LIMIT + EXTRA:
            self.look()
            if not self.left and not self.unseen:
                break
            if self.age > LIMIT and not overdue:
                overdue = {"unfinished after 60 s": sorted(self.left),
                           "no booking confirmed after 60 s": sorted(map(str, self.unseen))}
            time.sleep(0.1)
        return self.age, overdue

    def look(self) -> None:
        for instance in self.unseen - self.fresh.keys():
            if id := self.arena.probe(instance):
                self.fresh[instance] = id
        watched = self.left | set(self.fresh.values())
        if not watched:
            return
        names = ", ".join(f"'{id}'" for id in watched)
        ended = self.states(f"id IN ({names}) AND assignment_state IN {ENDED}")
        self.left -= ended.keys()
        for instance, id in list(self.fresh.items()):
            if ended.get(id) == "confirmed":
                self.unseen.discard(instance)
            elif id in ended:
                # It went to a person: another one must show that the instance works.
                del self.fresh[instance]
