"""What sends notices goes wrong."""


class Notifier:
    cost = 6

    def __init__(self, name: str, rule: str):
        self.name, self.rule = name, rule

    def run(self, arena, rng) -> None:
        # After an earlier fault it may not be asked for a while.
        arena.wait_for_notices()
        arena.fleet.inject(self.rule)
        arena.sleep(2 * arena.pace.hold(rng))
        arena.fleet.inject("")


# One that hangs does so for good, on every instance: the others must not wait for it.
FAULTS = [Notifier("notifier-fails", "notifier=fail"), Notifier("notifier-hangs", "notifier=hang@2-3"),
          Notifier("notifier-twice", "notifier=twice")]
