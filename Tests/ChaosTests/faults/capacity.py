"""More guests than there are seats."""
import threading

from .. import houses

REQUESTS, THREADS = 1_000, 32


class BeyondCapacity:
    """A thousand at once for one evening of a small restaurant."""
    name, cost = "beyond-capacity", 20

    def run(self, arena, rng) -> None:
        house = rng.choice([name for name in houses.OPEN if "pub" not in name])
        day = rng.choice(houses.DAYS)
        guests = [arena.guest() for _ in range(THREADS)]
        shares = [range(n, REQUESTS, THREADS) for n in range(THREADS)]
        threads = [threading.Thread(target=self.ask, args=(guest, house, day, len(share)))
                   for guest, share in zip(guests, shares)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    @staticmethod
    def ask(guest, house: str, day: str, count: int) -> None:
        for _ in range(count):
            wish = {"restaurant_id": house, "date": day, "start_time": guest.rng.choice(houses.STARTS),
                    "party_size": houses.party(guest.rng)}
            guest.create(wish, wait=0)


FAULTS = [BeyondCapacity()]
