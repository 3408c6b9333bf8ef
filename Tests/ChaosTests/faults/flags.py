"""Flags change under way."""


class FlagsFlipped:
    """An instance whose environment says `false` comes and goes every second, and all others follow it."""
    name, cost = "flags-flipped", 14

    def run(self, arena, rng) -> None:
        visitor = arena.visitor()
        for _ in range(max(3, round(arena.pace.hold(rng)))):
            visitor.start(arena.client, role=rng.choice(["web", "all"]), pipeline="false")
            arena.sleep(rng.uniform(0.6, 1.2))
            visitor.stop()
            arena.sleep(rng.uniform(0.2, 1))


FAULTS = [FlagsFlipped()]
