"""Stands between instances and the database; makes the way slow, silent, or cuts it.

As a program: `python3 proxy.py PORT DATABASE_PORT`; commands come by its input: `delay SECONDS`, `silent`, `normal`, `cut`."""
import asyncio
import contextlib
import subprocess
import sys


class Proxy:
    """The program, seen by who runs it."""

    def __init__(self, port: int, upstream: int):
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(port), str(upstream)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def tell(self, command: str) -> None:
        """Returns once it is so."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class Way:
    """What is done to all connections."""

    def __init__(self, upstream: int):
        self.upstream = upstream
        self.delay = 0.0
        self.open = asyncio.Event()
        self.open.set()
        self.writers: set[asyncio.StreamWriter] = set()

    def command(self, text: str) -> None:
        word, *rest = text.split()
        self.delay = float(rest[0]) if word == "delay" else 0.0
        self.open.clear() if word == "silent" else self.open.set()
        if word == "cut":
            for writer in self.writers:
                writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        except OSError:
            writer.transport.abort()
            return
        self.writers |= {writer, far_writer}
        await asyncio.gather(self.pump(reader, far_writer, False), self.pump(far_reader, writer, True))
        self.writers -= {writer, far_writer}

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_answer: bool) -> None:
        """Answers are late by the delay, each by itself: what comes close together arrives close together."""
        loop = asyncio.get_running_loop()
        line: asyncio.Queue = asyncio.Queue()

        async def deliver() -> None:
            while (item := await line.get()) is not None:
                moment, data = item
                await asyncio.sleep(max(0.0, moment - loop.time()))
                await self.open.wait()
                writer.write(data)
                await writer.drain()

        delivery = asyncio.create_task(deliver())
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                line.put_nowait((loop.time() + (self.delay if is_answer else 0), data))
        line.put_nowait(None)
        with contextlib.suppress(OSError):
            await delivery
        writer.close()


async def main() -> None:
    way = Way(int(sys.argv[2]))
    server = await asyncio.start_server(way.serve, "127.0.0.1", int(sys.argv[1]))
    print("ready", flush=True)
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while order := await orders.readline():
        way.command(order.decode())
        print("done", flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
