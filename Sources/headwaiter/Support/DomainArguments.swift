public import ArgumentParser
public import AssignmentPipeline
public import BookingDomain
public import SeatingEngine

// Enumerations of lower layers as values of options; the parser lists what is allowed.

extension EventSource: ExpressibleByArgument {}

extension AffectedPolicy: ExpressibleByArgument {}

extension PlanMode: ExpressibleByArgument {}
