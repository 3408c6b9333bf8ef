"""The one list of layers: what each target of Sources may depend on. Package.swift must declare exactly this."""
from typing import NamedTuple


class Target(NamedTuple):
    level: int
    uses: frozenset[str]
    """Targets of this package and products of others. A product is imported under its own name."""


def target(level: int, *uses: str) -> Target:
    return Target(level, frozenset(uses))


LAYERS: dict[str, Target] = {
    # L0: words and rules, pure.
    "BookingDomain": target(0),
    # L1: pure and deterministic.
    "SeatingEngine": target(1, "BookingDomain"),
    "DemandModel": target(1, "BookingDomain"),
    "Resilience": target(1),
    "PrometheusMetrics": target(1, "Resilience", "CoreMetrics"),
    # L1: phases, gates and rollback.
    "Rollout": target(1, "BookingDomain"),
    # L2: ports.
    "AssignmentStore": target(2, "BookingDomain", "Rollout"),
    # L3: the only writer.
    "AssignmentPipeline": target(
        3, "BookingDomain", "SeatingEngine", "Resilience", "Rollout", "AssignmentStore", "ServiceLifecycle", "Logging",
        "CoreMetrics"),
    # L3: the SQL catalogue, embedded.
    "QueryCatalogue": target(3, "BookingDomain", "AssignmentStore"),
    # L3: the report of a rollout's phase.
    "Verification": target(3, "BookingDomain", "Rollout", "AssignmentStore", "AssignmentPipeline", "QueryCatalogue"),
    # L4: databases.
    "StoreFoundation": target(4, "BookingDomain", "Resilience", "AssignmentStore"),
    "SQLiteStore": target(4, "BookingDomain", "Resilience", "Rollout", "AssignmentStore", "StoreFoundation", "GRDB"),
    "CLibPQ": target(4),
    "PostgresClient": target(4, "CLibPQ", "Resilience"),
    "PostgresStore": target(
        4, "BookingDomain", "Resilience", "Rollout", "AssignmentStore", "StoreFoundation", "PostgresClient"),
    # L5: the edge.
    "HeadwaiterAPI": target(5, "BookingDomain"),
    "HeadwaiterConsole": target(5),
    "HeadwaiterServer": target(
        5, "BookingDomain", "Resilience", "Rollout", "AssignmentStore", "AssignmentPipeline", "HeadwaiterAPI",
        "HeadwaiterConsole", "QueryCatalogue", "Verification", "Hummingbird", "Crypto", "ServiceLifecycle", "Logging", "CoreMetrics"),
    # L5: a rollout in simulated time, on whatever store it is given.
    "Rehearsal": target(
        5, "BookingDomain", "SeatingEngine", "DemandModel", "Resilience", "Rollout", "AssignmentStore",
        "AssignmentPipeline", "Logging"),
    # L6: the only place that names a concrete backend.
    "Bootstrap": target(
        6, "BookingDomain", "SeatingEngine", "DemandModel", "Resilience", "Rollout", "AssignmentStore",
        "AssignmentPipeline",
        "StoreFoundation", "SQLiteStore", "PostgresClient", "PostgresStore", "HeadwaiterAPI", "HeadwaiterServer",
        "PrometheusMetrics", "Verification", "Hummingbird", "ServiceLifecycle", "Logging", "CoreMetrics", "Configuration",
        "SystemPackage"),
    # L7: the command line.
    "headwaiter": target(
        7, "BookingDomain", "SeatingEngine", "DemandModel", "Rollout", "AssignmentStore", "AssignmentPipeline",
        "HeadwaiterAPI", "HeadwaiterServer", "Bootstrap", "PrometheusMetrics", "QueryCatalogue", "Resilience",
        "Rehearsal", "Verification", "ArgumentParser", "ServiceLifecycle", "Logging", "UnixSignals"),
    # For tests only.
    "HeadwaiterTesting": target(8, "BookingDomain", "Resilience", "Rollout", "AssignmentStore", "AssignmentPipeline"),
    "PostgresTesting": target(8, "PostgresClient", "Resilience"),
    "StoreTesting": target(
        8, "BookingDomain", "Resilience", "AssignmentStore", "SQLiteStore", "PostgresClient", "PostgresStore",
        "PostgresTesting", "HeadwaiterTesting"),
}

# L0 and L1: no clock, no random source, no I/O, no logging.
PURE = frozenset(name for name, entry in LAYERS.items() if entry.level <= 1)

# Imported by test targets only.
TESTS_ONLY = ("HeadwaiterTesting", "PostgresTesting", "StoreTesting", "HummingbirdTesting", "Testing", "XCTest")

# Modules (and what they ship beside them) that stay behind one door, whatever the list above says.
GUARDED = {
    "GRDB": {"SQLiteStore"},
    "GRDBSQLite": {"SQLiteStore"},
    "CLibPQ": {"PostgresClient"},
    "Hummingbird": {"HeadwaiterServer", "Bootstrap"},
    "HummingbirdCore": {"HeadwaiterServer", "Bootstrap"},
}

# Targets whose source may contain SQL.
STORES = {"SQLiteStore", "PostgresStore"}

# What comes with the toolchain. The pure layers use Foundation for calendars and nothing that touches the system.
SYSTEM_MODULES = {
    "Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Musl", "Darwin", "Synchronization", "RegexBuilder",
}
PURE_SYSTEM_MODULES = {"Foundation", "FoundationEssentials"}
# The project's lock stands on pthread.
EXTRA_SYSTEM_MODULES = {"Resilience": {"Glibc", "Musl", "Darwin", "Synchronization"}}

# Who may build the values that write: the pipeline, and helpers of tests.
WRITERS = {"AssignmentPipeline", "HeadwaiterTesting"}
