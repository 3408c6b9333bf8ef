"""Wall clocks that are wrong."""


class ClocksApart:
    """One instance is ten minutes ahead or behind."""
    name, cost = "clocks-apart", 6

    def run(self, arena, rng) -> None:
        wrong = rng.choice(arena.fleet.instances)
        wrong.inject(f"clock={rng.choice('+-')}600s")
        arena.sleep(2 * arena.pace.hold(rng))
        wrong.inject("")


FAULTS = [ClocksApart()]
