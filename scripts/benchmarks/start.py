"""Start to ready on an empty SQLite database, and the memory that an idle server takes."""
from . import server
from .context import Context
from .report import Result, at_most, median, shown


def run(context: Context) -> Result:
    runs = []
    for _ in range(context.options.runs):
        with context.folder() as folder, server.serving(context, folder, **server.V3) as running:
            now_mb, peak_mb = running.memory_mb()
            runs.append({"ready_ms": running.ready_ms, "rss_mb": now_mb, "peak_mb": peak_mb})
    return Result([
        at_most("start to ready, empty SQLite", median(each["ready_ms"] for each in runs), 300, "ms"),
        shown("memory once ready", median(each["rss_mb"] for each in runs), "MB"),
    ], {"runs": runs})
