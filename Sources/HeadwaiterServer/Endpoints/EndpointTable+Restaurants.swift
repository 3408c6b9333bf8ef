import Hummingbird

extension EndpointTable {
  static let restaurants: [Endpoint] = [
    Endpoint(
      operation: .listRestaurants, method: .get, path: "/v1/restaurants", access: .readers,
      summary: "Restaurants, in order of id.", query: [.after, .limit],
      success: [.ok("RestaurantList", "A page of restaurants.")]),
    Endpoint(
      operation: .readRestaurant, method: .get, path: one, access: .readers, summary: "A restaurant's file.",
      success: [.ok("RestaurantFile", "The file.")], isTagged: true),
    Endpoint(
      operation: .putRestaurant, method: .put, path: one, access: .editors,
      summary: "Creates or replaces a restaurant from its file.",
      query: [
        .init(
          name: "affected", schema: .choice(["refuse", "review"]),
          description:
            "What to do when the change touches future bookings: refuse (unless set), or send them to review.")
      ],
      request: "RestaurantFile", bodyLimit: 4 * 1024 * 1024,
      success: [.ok("RestaurantSummary", "Replaced."), .created("RestaurantSummary", "Created.")], problems: [409],
      isGuarded: true),
    Endpoint(
      operation: .readFloor, method: .get, path: one + "/floor", access: .readers,
      summary: "Tables, claims, bookings, services and risks of a service day.", query: [.date],
      success: [.ok("Floor", "The floor.")]),
    Endpoint(
      operation: .readAvailability, method: .get, path: one + "/availability", access: .everyone,
      summary: "Starts of a date at which a party could be seated now.",
      query: [.requiredDate, .party, .zone, .tags, .needs], success: [.ok("Availability", "The starts.")]),
    Endpoint(
      operation: .listBlocks, method: .get, path: one + "/blocks", access: .readers,
      summary: "Blocks that have not ended.", success: [.ok("BlockList", "In order of their start.")]),
    Endpoint(
      operation: .createBlock, method: .post, path: one + "/blocks", access: .staff,
      summary: "Takes tables out of use for a time.", request: "NewBlock",
      success: [.created("Block", "The block.")]),
    Endpoint(
      operation: .deleteBlock, method: .delete, path: one + "/blocks/{block_id}", access: .staff,
      summary: "Gives blocked tables back.", success: [.nothing]),
    Endpoint(
      operation: .streamEvents, method: .get, path: one + "/events", access: .readers,
      summary:
        "Live events: a stream with `Accept: text/event-stream`, resumed with `Last-Event-ID`; else a page for polling.",
      query: [
        .init(
          name: "after", schema: .integer(0...Int(Int32.max)),
          description: "Events with a higher id only; without it, the page tells only the last id.")
      ],
      success: [
        .ok("LiveEventList", "A page of events."),
        .init(status: 200, schema: nil, description: "The stream.", contentType: "text/event-stream"),
      ]),
  ]

  private static let one = "/v1/restaurants/{restaurant_id}"
}

extension Endpoint.QueryParameter {
  static let after = Self(name: "after", schema: .identifier, description: "Continue after this id.")
  static let limit = Self(
    name: "limit", schema: .integer(1...1_000), description: "At most so many; 100 unless set.")
  static let date = Self(
    name: "date", schema: .date, description: "A calendar date in the restaurant's zone; today unless set.")
  static let requiredDate = Self(
    name: "date", schema: .date, description: "A calendar date in the restaurant's zone.", isRequired: true)
  static let party = Self(
    name: "party_size", schema: .integer(1...500), description: "How many come.", isRequired: true)
  static let zone = Self(name: "zone", schema: .text(1...200), description: "A wish.")
  static let tags = Self(name: "tags", schema: .commaList, description: "Wishes, separated by commas.")
  static let needs = Self(
    name: "needs", schema: .pattern("^(accessible|high_chair)(,(accessible|high_chair))?$"),
    description: "Needs, separated by commas: accessible, high_chair.")
  static let restaurant = Self(name: "restaurant_id", schema: .identifier, description: "Of this restaurant only.")
}
