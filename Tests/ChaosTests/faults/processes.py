"""Instances are killed, paused, and restarted."""

POINTS = [
    "worker.claimed", "coordinator.lease_acquired", "coordinator.verified", "coordinator.permit_taken",
    "coordinator.snapshot_read", "coordinator.planned", "coordinator.confirming", "coordinator.confirmed",
    "desk.booking_stored", "notices.delivering", "notices.delivered"]
# No booking passes them that is decided in the transaction that stores it.
WORKERS_ONLY = [
    "worker.claimed", "coordinator.lease_acquired", "coordinator.verified", "coordinator.permit_taken",
    "coordinator.confirmed"]


class KilledAt:
    """kill -9 in the middle of a named step."""
    cost = 6

    def __init__(self, point: str):
        self.point, self.name = point, f"kill-at-{point}"

    def run(self, arena, rng) -> str | None:
        victim = arena.fleet.pick(rng)
        count, pause = rng.randint(1, 12), rng.uniform(0, 1)
        victim.expect(False)
        if self.point in WORKERS_ONLY:
            victim.stop()
            victim.start(arena.client, at_once="false")
            victim.expect(False)
        victim.inject(f"{self.point}=kill@{count}")
        died = arena.wait_for(lambda: victim.process.poll() is not None, 90 if not arena.pace.notice_delay else 20)
        victim.kill()
        victim.inject("")
        arena.sleep(pause)
        victim.start(arena.client)
        return None if died else f"{victim} never came to {self.point}"


class Killed:
    """kill -9 at any moment: one instance, or all at once."""
    cost = 6

    def __init__(self, name: str, count: int):
        self.name, self.count = name, count

    def run(self, arena, rng) -> None:
        victims = rng.sample(arena.fleet.instances, self.count)
        arena.sleep(rng.uniform(0, 1))
        for victim in victims:
            victim.kill()
        arena.sleep(rng.uniform(0, 1))
        for victim in victims:
            victim.start(arena.client)


class Paused:
    """SIGSTOP for longer than its leases live, then SIGCONT."""
    name, cost = "paused", 8

    def run(self, arena, rng) -> None:
        victim = arena.fleet.pick(rng)
        arena.sleep(rng.uniform(0, 0.5))
        victim.pause()
        arena.sleep(arena.pace.lease_life * rng.uniform(1.15, 1.4))
        victim.resume()


class Restarted:
    """Asked to end, one after the other, as in an upgrade."""
    name, cost = "restarted", 8

    def run(self, arena, rng) -> str | None:
        codes = []
        for instance in rng.sample(arena.fleet.instances, 3):
            codes.append(instance.stop())
            instance.start(arena.client)
        return f"exit codes {codes}" if any(codes) else None


FAULTS = [*map(KilledAt, POINTS), Killed("killed", 1), Killed("all-killed", 3), Paused(), Restarted()]
