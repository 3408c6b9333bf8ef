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

// The layers, lowest first. `scripts/check-layers` holds the imports to this list.
let layers: [Target] = [
  // L0: words and rules, pure.
  .target(name: "BookingDomain", swiftSettings: strict),
  // L1: pure and deterministic; Resilience knows no bookings.
  .target(name: "DemandModel", dependencies: ["BookingDomain"], swiftSettings: strict),
  .target(name: "Resilience", swiftSettings: strict),
  // L2: ports.
  .target(name: "AssignmentStore", dependencies: ["BookingDomain"], swiftSettings: strict),
]

let tests: [Target] = [
  .testTarget(name: "BookingDomainTests", dependencies: ["BookingDomain"], swiftSettings: strict),
  .testTarget(name: "DemandModelTests", dependencies: ["DemandModel", "BookingDomain"], swiftSettings: strict),
]

let package = Package(name: "headwaiter", targets: layers + tests)
