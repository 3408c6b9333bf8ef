"""How long things take in a run."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Pace:
    """Seconds, unless it says otherwise."""
    # How long a fault lasts.
    least: float
    most: float
    # Life of a lease without a heartbeat, and how long notices wait; 0 leaves Headwaiter's own.
    lease: int
    notice_delay: int
    # Operations of guests in a second.
    rate: float
    # Whether the server flushes what it commits to disk.
    durable: bool

    def hold(self, rng) -> float:
        return rng.uniform(self.least, self.most)

    @property
    def lease_life(self) -> float:
        return self.lease or 30

    @property
    def settings(self) -> str:
        """For HEADWAITER_FAULTS."""
        both = {"lease": self.lease, "notice_delay": self.notice_delay}
        return ",".join(f"{name}={seconds}s" for name, seconds in both.items() if seconds)


SHORT = Pace(least=1.0, most=2.0, lease=3, notice_delay=1, rate=20, durable=False)
LONG = Pace(least=3.0, most=10.0, lease=0, notice_delay=0, rate=30, durable=True)
