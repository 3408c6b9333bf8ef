"""One cluster, three instances, steady load; faults come one after the other."""
import dataclasses
import pathlib
import random
import time

from . import houses, invariants
from .client import Client
from .cluster import Cluster, free_port
from .faults.effect import NoEffect
from .health import HealthWatch
from .instances import Fleet, Instance
from .ledger import Ledger
from .load import Guest, Load
from .pace import Pace
from .proxy import Proxy
from .recovery import LIMIT, Recovery
from .session import Session


@dataclasses.dataclass
class Run:
    """What came of one fault."""
    fault: str
    bookings: int
    recovered: float | None
    violations: dict[str, list[str]]
    note: str = ""
    # How often each operation was answered with which status.
    answers: dict[str, int] = dataclasses.field(default_factory=dict)

    @property
    def violation_count(self) -> int:
        return sum(map(len, self.violations.values()))


class Arena:
    def __init__(self, name: str, seed: str, pace: Pace, program: str, folder: pathlib.Path):
        self.name, self.seed, self.pace, self.program = name, seed, pace, program
        self.folder = folder / name
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.client, self.ledger = Client(), Ledger()
        self.seen: set[tuple[str, str]] = set()
        self.waited_for = ""
        self.places = houses.FreePlaces()
        self.guests = 100
        self.cluster = Cluster(self.folder, pace.durable)
        self.session = Session(self.cluster)
        port = free_port()
        self.proxy = Proxy(port, self.cluster.port)
        self.address = self.cluster.address(port)
        self.fleet = Fleet([self.instance(n) for n in (1, 2, 3)], self.client)
        self.visitors: list[Instance] = []
        self.prober = self.guest()

    def instance(self, number: int) -> Instance:
        return Instance(number, self.folder, self.program, self.address, self.pace.settings)

    def guest(self) -> Guest:
        """One more, with keys of its own."""
        self.guests += 1
        rng = random.Random(f"{self.seed}/{self.name}/guest/{self.guests}")
        return Guest(self.fleet, self.client, self.ledger, self.guests, rng)

    def open(self) -> None:
        self.fleet.start()
        self.send_houses()
        self.load = Load([self.guest() for _ in range(6)], self.pace.rate)
        self.health = HealthWatch(self.fleet)
        self.load.start()
        self.health.start()

    def send_houses(self) -> None:
        for name, house in houses.HOUSES.items():
            answer = self.client.call(self.fleet.instances[0].port, "PUT", f"/v1/restaurants/{name}", house)
            if not answer.is_good:
                raise RuntimeError(f"the restaurant {name} was refused: {answer.body}")
        invariants.record_floors(self.session)

    # What a fault may ask for.

    def visitor(self) -> Instance:
        """A fourth instance, which comes and goes."""
        if not self.visitors:
            self.visitors.append(self.instance(4))
        return self.visitors[0]

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def wait_for(self, condition, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def wait_for_notices(self) -> None:
        """Until every instance has sent one."""
        sent = {each: each.sent for each in self.fleet}
        self.wait_for(lambda: all(each.sent > count for each, count in sent.items()), 40)

    def probe(self, instance: Instance) -> str | None:
        """Books where there is room, through one instance. The booking's id, if it was taken."""
        promise = self.prober.book_at(instance, self.places.next())
        return promise.id if promise else None

    # A fault, and what came of it.

    def strike(self, fault, rng: random.Random) -> Run:
        before = len(self.ledger.promises)
        try:
            note, missed = fault.run(self, rng) or "", {}
        except NoEffect as reason:
            note, missed = str(reason), {"no effect": [str(reason)]}
        seconds, overdue = Recovery(self).wait()
        found = overdue | self.check() | missed
        return Run(fault.name, len(self.ledger.promises) - before, None if overdue else seconds, self.fresh(found), note)

    def check(self) -> dict[str, list[str]]:
        """Everything that must hold with load on."""
        wrong, self.ledger.wrong = self.ledger.wrong, []
        return (invariants.find(self.session, invariants.ALWAYS)
                | invariants.broken_promises(self.session, self.ledger) | self.health.take() | {"wrong answers": wrong})

    def fresh(self, found: dict[str, list[str]]) -> dict[str, list[str]]:
        """Without what was found before."""
        new = {what: [text for text in texts if (what, text) not in self.seen] for what, texts in found.items()}
        self.seen |= {(what, text) for what, texts in found.items() for text in texts}
        return {what: texts for what, texts in new.items() if texts}

    # The end.

    def close(self) -> Run:
        """Ends the load, lets everything come to rest, and judges what is left."""
        began = time.monotonic()
        self.load.stop()
        self.wait_for(self.is_at_rest, LIMIT + (self.pace.notice_delay or 60) + self.pace.lease_life)
        seconds = time.monotonic() - began
        found = self.check() | invariants.find(self.session, invariants.AT_REST)
        found |= invariants.misdelivered(self.session, [*self.fleet, *self.visitors])
        self.health.stop()
        # One that was killed is seen for a while; with it out of sight, whatever is left is of one that was asked to end.
        up = [each for each in [*self.fleet, *self.visitors] if each.is_up]
        self.wait_for(lambda: len(self.instances_since("now()")) == len(up), 10)
        found["instances seen, not as many as run"] = [str(n) for n in [len(self.instances_since("now()"))] if n != len(up)]
        moment = self.session.value("SELECT now()")
        codes = {str(each): each.stop() for each in self.fleet}
        found["instances that did not end well"] = [f"{name}: exit {code}" for name, code in codes.items() if code]
        found["instances left"] = self.instances_since(f"'{moment}'::timestamptz")
        return Run("at rest", 0, seconds, self.fresh(found), self.waited_for, dict(sorted(self.ledger.counts.items())))

    def instances_since(self, moment: str) -> list[str]:
        """Those with a heartbeat up to two seconds before."""
        rows = self.session.rows(f"SELECT id FROM instances WHERE heartbeat_at > {moment} - interval '2 s'")
        return [row["id"] for row in rows]

    def is_at_rest(self) -> bool:
        left = {what: len(found) for what, found in invariants.find(self.session, invariants.AT_REST).items() if found}
        if left:
            self.waited_for = "last waited for " + ", ".join(f"{what}: {count}" for what, count in left.items())
        return not left

    def end(self) -> None:
        """Ends all processes, whatever state they are in."""
        for instance in [*self.fleet, *self.visitors]:
            instance.destroy()
        self.session.close()
        self.proxy.end()
        self.cluster.end()
