extension RestaurantFile {
  /// Writes a restaurant so that ``decode(_:source:)`` reads the same one again. Limits that are not set are left out.
  public static func encode(_ restaurant: Restaurant) -> [UInt8] { JSONWriter.write(tree(restaurant)) }

  /// The file as a tree, for a caller that puts it into a larger one.
  public static func tree(_ restaurant: Restaurant) -> JSONTree {
    let floor = restaurant.floor
    return .object([
      "id": .text(restaurant.id.rawValue),
      "name": .text(restaurant.name),
      "timezone": .text(restaurant.calendar.identifier),
      "automation": .text(restaurant.automation.rawValue),
      "opening_hours": .list(restaurant.openingHours.map(tree)),
      "service_periods": .list(restaurant.servicePeriods.map { tree($0, withDays: true) }),
      "exceptions": .list(restaurant.exceptions.map(tree)),
      "booking_interval_minutes": .whole(restaurant.bookingIntervalMinutes),
      "last_seating_buffer_minutes": .whole(restaurant.lastSeatingBufferMinutes),
      "buffers": tree(restaurant.buffers),
      "pacing": restaurant.pacing.map(tree),
      "combining": tree(restaurant.combining),
      "holds": .object(["ttl_seconds": .whole(restaurant.holdTTLSeconds)]),
      "accessible_tables_kept_until_minutes": .whole(restaurant.accessibleTablesKeptUntilMinutes),
      "optimisation": tree(restaurant.optimisation),
      "review": tree(restaurant.review),
      "demand": .list(restaurant.demand.map(tree)),
      "zones": .list(floor.zones.map { .object(["name": .text($0.name), "area": $0.area.map(JSONTree.text)]) }),
      "tables": .list(floor.tables.map(tree)),
      "adjacency": .list(floor.adjacency.map { numbers([$0.first, $0.second]) }),
      "combinations": .list(floor.combinations.map(tree)),
      "blocks": .list(floor.blocks.map { tree($0, restaurant.calendar) }),
    ])
  }

  // MARK: Hours

  private static func days(_ days: [Weekday]) -> JSONTree { .list(days.map { .text($0.name) }) }

  private static func tree(_ hours: OpeningHours) -> JSONTree {
    .object([
      "days": days(hours.days), "open": .text(hours.open.description), "close": .text(hours.close.description),
    ])
  }

  private static func tree(_ period: ServicePeriod, withDays: Bool) -> JSONTree {
    .object([
      "name": .text(period.name), "kind": .text(period.kind), "days": withDays ? days(period.days) : nil,
      "start": .text(period.start.description), "end": .text(period.end.description),
      "turn_bands": .list(
        period.turnBands.map { .object(["max_party": .whole($0.maxParty), "minutes": .whole($0.minutes)]) }),
    ])
  }

  private static func tree(_ exception: DayException) -> JSONTree {
    .object([
      "date": .text(exception.date.description),
      "closed": exception.closed ? .flag(true) : nil,
      "open": exception.hours.map { .text($0.open.description) },
      "close": exception.hours.map { .text($0.close.description) },
      "service_periods": exception.servicePeriods.map { .list($0.map { tree($0, withDays: false) }) },
    ])
  }

  // MARK: Policies

  private static func tree(_ buffers: Buffers) -> JSONTree {
    .object(["before_minutes": .whole(buffers.beforeMinutes), "after_minutes": .whole(buffers.afterMinutes)])
  }

  private static func tree(_ pacing: Pacing) -> JSONTree {
    .object([
      "interval_minutes": .whole(pacing.intervalMinutes), "max_covers": pacing.maxCovers.map(JSONTree.whole),
      "max_covers_online": pacing.maxCoversOnline.map(JSONTree.whole),
      "max_parties": pacing.maxParties.map(JSONTree.whole),
    ])
  }

  private static func tree(_ combining: CombiningPolicy) -> JSONTree {
    .object([
      "max_tables": .whole(combining.maxTables), "require_adjacency": .flag(combining.requireAdjacency),
      "max_spare_seats": combining.maxSpareSeats.map(JSONTree.whole),
    ])
  }

  private static func tree(_ optimisation: OptimisationPolicy) -> JSONTree {
    .object([
      "automatic": .flag(optimisation.automatic), "minimum_gain_percent": .whole(optimisation.minimumGainPercent),
      "churn_budget": .whole(optimisation.churnBudget), "freeze_minutes": .whole(optimisation.freezeMinutes),
    ])
  }

  private static func tree(_ review: ReviewPolicy) -> JSONTree {
    .object([
      "alert_before_minutes": .whole(review.alertBeforeMinutes),
      "decline_before_minutes": .whole(review.declineBeforeMinutes),
      "decline_automatically": .flag(review.declineAutomatically),
    ])
  }

  private static func tree(_ demand: DemandExpectation) -> JSONTree {
    let shares = demand.partySizes.sorted(by: { $0.key < $1.key }).map { JSONTree.Member("\($0.key)", .real($0.value)) }
    return .object([
      "service": .text(demand.service), "days": days(demand.days), "expected_parties": .whole(demand.expectedParties),
      "party_sizes": JSONTree(.object(shares)),
    ])
  }

  // MARK: Floor

  private static func numbers(_ numbers: [TableNumber]) -> JSONTree { .list(numbers.map { .text($0.rawValue) }) }

  private static func tree(_ table: DiningTable) -> JSONTree {
    .object([
      "number": .text(table.number.rawValue), "zone": .text(table.zone), "capacity": .whole(table.capacity),
      "min_party": table.minParty.map(JSONTree.whole), "max_party": table.maxParty.map(JSONTree.whole),
      "category": table.category.map(JSONTree.text), "seating": table.seating.map(JSONTree.text),
      "mobility": .text(table.mobility.rawValue), "tags": .list(table.tags.sorted().map(JSONTree.text)),
      "priority": .whole(table.priority), "active": .flag(table.isActive), "position": table.position.map(tree),
    ])
  }

  private static func tree(_ position: TablePosition) -> JSONTree {
    .object([
      "x": .real(position.x), "y": .real(position.y), "width": .real(position.width), "height": .real(position.height),
      "rotation": .real(position.rotation), "shape": .text(position.shape.rawValue),
    ])
  }

  private static func tree(_ combination: NamedCombination) -> JSONTree {
    .object([
      "name": .text(combination.name), "tables": numbers(combination.tables),
      "min_party": combination.minParty.map(JSONTree.whole), "max_party": combination.maxParty.map(JSONTree.whole),
    ])
  }

  private static func tree(_ block: FileBlock, _ calendar: RestaurantCalendar) -> JSONTree {
    .object([
      "tables": numbers(block.tables), "from": .text(WallTime.format(block.window.start, calendar)),
      "to": .text(WallTime.format(block.window.end, calendar)), "reason": .text(block.reason),
    ])
  }
}
