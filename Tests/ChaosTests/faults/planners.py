"""The engine goes wrong, on all instances."""


class Planner:
    cost = 22

    def __init__(self, name: str, rule: str, least: float = 0):
        self.name, self.rule, self.least = name, rule, least

    def run(self, arena, rng) -> None:
        arena.fleet.inject(self.rule)
        arena.sleep(max(self.least, arena.pace.hold(rng)))
        arena.fleet.inject("")


# One that hangs does so until the fault ends, which is after the pipeline has given it up.
FAULTS = [Planner("planner-throws", "planner=fail"), Planner("planner-hangs", "planner=hang", least=7),
          Planner("planner-nonsense", "planner=nonsense")]
