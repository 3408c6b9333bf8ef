"""A small HTTP/1.1 client for load: keep-alive connections on one event loop, answers kept for later."""
import asyncio
import time
from typing import Awaitable, Callable, NamedTuple

from .context import CannotRun


class Answer(NamedTuple):
    number: int
    """Which of the requests it answers."""
    status: int
    body: bytes
    since: float
    """When the request was due, in seconds from the start of the run."""
    until: float

    @property
    def ms(self) -> float:
        return (self.until - self.since) * 1000


class Connection(asyncio.Protocol):
    """One request at a time over one connection."""

    def __init__(self):
        self._buffer = bytearray()
        self._waiter: asyncio.Future | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport):
        self._transport = transport

    def connection_lost(self, problem):
        if self._waiter and not self._waiter.done():
            self._waiter.set_exception(ConnectionError(f"connection closed within an answer: {problem}"))

    def data_received(self, data):
        self._buffer += data
        answer = self._take_answer()
        if answer and self._waiter and not self._waiter.done():
            self._waiter.set_result(answer)

    def send(self, request: bytes) -> "asyncio.Future[tuple[int, bytes]]":
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._waiter

    def close(self):
        self._transport.close()

    def _take_answer(self) -> tuple[int, bytes] | None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self._buffer[:end]).lower()
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            size = int(head[at + 17 :].split(b"\r\n", 1)[0])
            stop = end + 4 + size
            if len(self._buffer) < stop:
                return None
            body = bytes(self._buffer[end + 4 : stop])
        elif b"transfer-encoding: chunked" in head:
            taken = _chunks(self._buffer, end + 4)
            if taken is None:
                return None
            body, stop = taken
        else:
            body, stop = b"", end + 4
        del self._buffer[:stop]
        return int(head[9:12]), body


def _chunks(buffer: bytearray, at: int) -> tuple[bytes, int] | None:
    """A chunked body, and where it ends; None while some of it is missing."""
    body = b""
    while True:
        line = buffer.find(b"\r\n", at)
        if line < 0:
            return None
        size = int(buffer[at:line].split(b";")[0], 16)
        if len(buffer) < line + 2 + size + 2:
            return None
        body += bytes(buffer[line + 2 : line + 2 + size])
        at = line + 2 + size + 2
        if size == 0:
            return body, at


async def connect(port: int, count: int) -> list[Connection]:
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(Connection, "127.0.0.1", port) for _ in range(count)]
    return [connection for _, connection in made]


async def _drive(port: int, connections: int, work: Callable[[Connection], Awaitable[None]]) -> None:
    opened = await connect(port, connections)
    try:
        await asyncio.gather(*(work(connection) for connection in opened))
    except (ConnectionError, OSError) as problem:
        raise CannotRun(f"the server dropped a connection: {problem}") from problem
    finally:
        for connection in opened:
            connection.close()


def closed_loop(port: int, requests: list[bytes], connections: int, seconds: float) -> list[Answer]:
    """Every connection sends its next request as soon as it has its answer, until the time is over."""
    return closed_loop_over([port], requests, connections, seconds)


def closed_loop_over(ports: list[int], requests: list[bytes], connections: int, seconds: float) -> list[Answer]:
    """The same with the connections shared out among several servers."""

    async def run() -> list[Answer]:
        answers, numbers, started = [], iter(range(len(requests))), time.perf_counter()

        async def work(connection: Connection) -> None:
            for number in numbers:
                since = time.perf_counter() - started
                if since > seconds:
                    return
                status, body = await connection.send(requests[number])
                answers.append(Answer(number, status, body, since, time.perf_counter() - started))

        await asyncio.gather(*(_drive(port, connections // len(ports), work) for port in ports))
        return answers

    return asyncio.run(run())


def paced(port: int, requests: list[bytes], connections: int, rate: float) -> list[Answer]:
    """Requests are due at a steady rate, whether or not earlier ones have ended; time counts from when each is due."""

    async def run() -> list[Answer]:
        answers, numbers, started = [], iter(range(len(requests))), time.perf_counter()

        async def work(connection: Connection) -> None:
            for number in numbers:
                since = number / rate
                if (ahead := since - (time.perf_counter() - started)) > 0:
                    await asyncio.sleep(ahead)
                status, body = await connection.send(requests[number])
                answers.append(Answer(number, status, body, since, time.perf_counter() - started))

        await _drive(port, connections, work)
        return answers

    return asyncio.run(run())


def at_once(port: int, requests: list[bytes]) -> list[Answer]:
    """All requests together, each over a connection of its own that is open already."""

    async def run() -> list[Answer]:
        answers, numbers, ready = [], iter(range(len(requests))), asyncio.Event()
        clock = {"started": 0.0}

        async def work(connection: Connection) -> None:
            number = next(numbers)
            if number == len(requests) - 1:
                clock["started"] = time.perf_counter()
                ready.set()
            await ready.wait()
            status, body = await connection.send(requests[number])
            answers.append(Answer(number, status, body, 0, time.perf_counter() - clock["started"]))

        await _drive(port, len(requests), work)
        return answers

    return asyncio.run(run())


def one(port: int, request: bytes) -> tuple[int, bytes]:
    answer = closed_loop(port, [request], 1, 60)[0]
    return answer.status, answer.body
