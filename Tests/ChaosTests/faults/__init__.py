"""The faults: each is injected, held, and ended by its `run`, which returns when the fault has ended."""
from . import capacity, clocks, database, flags, notifiers, planners, processes

ALL = [*processes.FAULTS, *database.FAULTS, *clocks.FAULTS, *notifiers.FAULTS, *planners.FAULTS, *flags.FAULTS,
       *capacity.FAULTS]
BY_NAME = {fault.name: fault for fault in ALL}
