// swift-tools-version: 6.2
import PackageDescription

/// Strict features that every target is built with; a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")

// The layers, lowest first. `scripts/check-layers` holds the imports to this list.
let layers: [Target] = [
  // L0: words and rules, pure.
  .target(name: "BookingDomain", swiftSettings: strict),
  // L1: pure and deterministic; Resilience knows no bookings.
  .target(name: "SeatingEngine", dependencies: ["BookingDomain"], swiftSettings: strict),
  .target(name: "DemandModel", dependencies: ["BookingDomain"], swiftSettings: strict),
  .target(name: "Resilience", swiftSettings: strict),
  .target(name: "PrometheusMetrics", dependencies: ["Resilience", metrics], swiftSettings: strict),
  // L1: phases, gates and rollback.
  .target(name: "Rollout", dependencies: ["BookingDomain"], swiftSettings: strict),
  // L2: ports.
  .target(name: "AssignmentStore", dependencies: ["BookingDomain", "Rollout"], swiftSettings: strict),
  // L3: the only writer.
  .target(
    name: "AssignmentPipeline",
    dependencies: [
      "BookingDomain", "SeatingEngine", "Resilience", "Rollout", "AssignmentStore", lifecycle, logging, metrics,
    ],
    swiftSettings: strict),
  // L3: the SQL catalogue of `queries/`, embedded.
  .target(
    name: "QueryCatalogue", dependencies: ["BookingDomain", "AssignmentStore"],
    resources: [.embedInCode("Resources")],
    swiftSettings: strict),
  // L3: the report of a rollout's phase; its own value and words, gathered through the catalogue.
  .target(
    name: "Verification",
    dependencies: ["BookingDomain", "Rollout", "AssignmentStore", "AssignmentPipeline", "QueryCatalogue"],
    swiftSettings: strict),
  // L4: databases.
  .target(
    name: "StoreFoundation", dependencies: ["BookingDomain", "Resilience", "AssignmentStore"], swiftSettings: strict),
  .target(
    name: "SQLiteStore",
    dependencies: ["BookingDomain", "Resilience", "Rollout", "AssignmentStore", "StoreFoundation", grdb],
    swiftSettings: strict),
  .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
  .target(name: "PostgresClient", dependencies: ["CLibPQ", "Resilience"], swiftSettings: strict),
  .target(
    name: "PostgresStore",
    dependencies: ["BookingDomain", "Resilience", "Rollout", "AssignmentStore", "StoreFoundation", "PostgresClient"],
    swiftSettings: strict),
  // L5: the edge.
  .target(name: "HeadwaiterAPI", dependencies: ["BookingDomain"], swiftSettings: strict),
  .target(
    name: "HeadwaiterConsole", dependencies: [],
    resources: [.embedInCode("Resources")],
    swiftSettings: strict),
  .target(
    name: "HeadwaiterServer",
    dependencies: [
      "BookingDomain", "Resilience", "Rollout", "AssignmentStore", "AssignmentPipeline", "HeadwaiterAPI",
      "HeadwaiterConsole", "QueryCatalogue", "Verification", hummingbird, crypto, lifecycle, logging, metrics,
    ],
    swiftSettings: strict),
  // L5: a rollout in simulated time, on whatever store it is given.
  .target(
    name: "Rehearsal",
    dependencies: [
      "BookingDomain", "SeatingEngine", "DemandModel", "Resilience", "Rollout", "AssignmentStore",
      "AssignmentPipeline", logging,
    ],
    resources: [.embedInCode("Resources")],
    swiftSettings: strict),
  // L6: the only place that names a concrete backend.
  .target(
    name: "Bootstrap",
    dependencies: [
      "BookingDomain", "SeatingEngine", "DemandModel", "Resilience", "Rollout", "AssignmentStore", "AssignmentPipeline",
      "StoreFoundation", "SQLiteStore", "PostgresClient", "PostgresStore", "HeadwaiterAPI", "HeadwaiterServer",
      "PrometheusMetrics", "Verification", hummingbird, lifecycle, logging, metrics, configuration, system,
    ],
    resources: [.embedInCode("Resources/white-horse-waterbeach.restaurant.json")],
    swiftSettings: strict),
  // L7: the command line.
  .executableTarget(
    name: "headwaiter",
    dependencies: [
      "BookingDomain", "SeatingEngine", "DemandModel", "Rollout", "AssignmentStore", "AssignmentPipeline",
      "HeadwaiterAPI", "HeadwaiterServer", "Bootstrap", "PrometheusMetrics", "QueryCatalogue", "Resilience",
      "Rehearsal", "Verification", argumentParser, lifecycle, logging, signals,
    ],
    swiftSettings: strict),
  // For tests only.
  .target(
    name: "HeadwaiterTesting",
    dependencies: ["BookingDomain", "Resilience", "Rollout", "AssignmentStore", "AssignmentPipeline"],
    swiftSettings: strict),
  .target(name: "PostgresTesting", dependencies: ["PostgresClient", "Resilience"], swiftSettings: strict),
  .target(
    name: "StoreTesting",
    dependencies: [
      "BookingDomain", "Resilience", "AssignmentStore", "SQLiteStore", "PostgresClient", "PostgresStore",
      "PostgresTesting", "HeadwaiterTesting",
    ], swiftSettings: strict),
]

let tests: [Target] = [
  .testTarget(name: "BookingDomainTests", dependencies: ["BookingDomain", "HeadwaiterTesting"], swiftSettings: strict),
  .testTarget(
    name: "SeatingEngineTests", dependencies: ["SeatingEngine", "BookingDomain", "HeadwaiterTesting"],
    swiftSettings: strict),
  .testTarget(name: "DemandModelTests", dependencies: ["DemandModel", "BookingDomain"], swiftSettings: strict),
  .testTarget(name: "RolloutTests", dependencies: ["Rollout", "BookingDomain"], swiftSettings: strict),
  .testTarget(
    name: "RehearsalTests",
    dependencies: [
      "Rehearsal", "Bootstrap", "Rollout", "AssignmentPipeline", "AssignmentStore", "BookingDomain",
      "HeadwaiterTesting",
      logging,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "VerificationTests", dependencies: ["Verification", "Rollout", "AssignmentStore", "BookingDomain"],
    swiftSettings: strict),
  .testTarget(name: "ResilienceTests", dependencies: ["Resilience", "HeadwaiterTesting"], swiftSettings: strict),
  .testTarget(name: "PrometheusMetricsTests", dependencies: ["PrometheusMetrics", metrics], swiftSettings: strict),
  .testTarget(
    name: "SQLiteStoreTests",
    dependencies: [
      "SQLiteStore", "StoreFoundation", "AssignmentStore", "Rollout", "BookingDomain", "HeadwaiterTesting", grdb,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "PostgresStoreTests",
    dependencies: [
      "PostgresStore", "PostgresClient", "PostgresTesting", "StoreFoundation", "StoreTesting", "AssignmentStore",
      "Rollout", "BookingDomain", "HeadwaiterTesting",
    ], swiftSettings: strict),
  .testTarget(
    name: "PostgresClientTests", dependencies: ["PostgresClient", "PostgresTesting", "Resilience"],
    swiftSettings: strict),
  .testTarget(
    name: "AssignmentPipelineTests",
    dependencies: [
      "AssignmentPipeline", "StoreTesting", "AssignmentStore", "SeatingEngine", "Resilience", "Rollout",
      "BookingDomain",
      "PrometheusMetrics", "HeadwaiterTesting", logging, metrics,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "QueryCatalogueTests",
    dependencies: [
      "QueryCatalogue", "Verification", "Rollout", "AssignmentPipeline", "SQLiteStore", "PostgresStore",
      "PostgresClient", "PostgresTesting", "StoreTesting", "AssignmentStore", "BookingDomain", "HeadwaiterTesting",
      grdb, logging,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "HeadwaiterServerTests",
    dependencies: [
      "HeadwaiterServer", "HeadwaiterAPI", "QueryCatalogue", "Verification", "AssignmentPipeline", "StoreTesting",
      "AssignmentStore",
      "Rollout", "BookingDomain", "HeadwaiterTesting", "Bootstrap", "PrometheusMetrics", hummingbird,
      hummingbirdTesting, logging,
      metrics,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "IntegrationTests",
    dependencies: [
      "Bootstrap", "AssignmentPipeline", "SQLiteStore", "StoreTesting", "AssignmentStore", "SeatingEngine", "Rollout",
      "DemandModel", "PrometheusMetrics", "BookingDomain", "HeadwaiterTesting", logging,
    ],
    swiftSettings: strict),
]

let package = Package(
  name: "headwaiter",
  products: [.executable(name: "headwaiter", targets: ["headwaiter"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: layers + tests
)
