import AssignmentStore
import BookingDomain
import Rollout

// Each part of a report from a row of its query.

extension VerificationReport.FlowCounts {
  init(_ row: NamedRow) {
    self.init(
      flow: row.text("flow"), restaurants: row.int("restaurants"),
      figures: FlowFigures(
        bookings: row.int("bookings"), bookingsConfirmed: row.int("bookings_confirmed"),
        eligible: row.int("eligible"), confirmed: row.int("confirmed"), reviewed: row.int("reviewed"),
        errors: row.int("errors"), fullHouse: row.int("full_house")))
  }
}

extension VerificationReport.HourCounts {
  init?(_ row: NamedRow) {
    guard let at = row.time("hour_at") else { return nil }
    self.init(
      at: at, flow: row.text("flow"), eligible: row.int("eligible"), confirmed: row.int("confirmed"),
      reviewed: row.int("reviewed"), errors: row.int("errors"))
  }
}

extension VerificationReport.LatencyCounts {
  init(_ row: NamedRow) {
    self.init(
      flow: row.text("flow"), confirmed: row.int("confirmed"), p50: row.double("p50_ms"), p95: row.double("p95_ms"),
      p99: row.double("p99_ms"), longest: row.double("max_ms"), counts: Self.bands.map { row.int($0.0) })
  }
}

extension VerificationReport.LeaseWaits {
  init(_ row: NamedRow) {
    leases = row.int("leases")
    (p50, p95, p99) = (row.double("p50_ms"), row.double("p95_ms"), row.double("p99_ms"))
    longest = row.double("max_ms")
  }
}

extension VerificationReport.ShadowCounts {
  init(_ row: NamedRow) {
    self.init(
      verdict: row.text("verdict"), bookings: row.int("bookings"), eligible: row.int("eligible"),
      legacyLate: row.int("legacy_late"), legacySpare: row.double("legacy_spare"), v3Spare: row.double("v3_spare"),
      legacyMilliseconds: row.double("legacy_ms"), v3Milliseconds: row.double("v3_ms"),
      noiseSample: row.int("noise_sample"), noise: row.int("noise"))
  }
}

extension VerificationReport.StateCount {
  init(_ row: NamedRow) {
    self.init(state: row.text("state"), status: row.text("status"), bookings: row.int("bookings"))
  }
}

extension VerificationReport.TransitionCount {
  init(_ row: NamedRow) {
    self.init(
      from: row.text("from_state"), to: row.text("to_state"), mode: row.text("mode"), changes: row.int("changes"))
  }
}

extension VerificationReport.ReasonCount {
  init(_ row: NamedRow) {
    self.init(
      what: row.text("what"), reason: row.text("reason"), flow: row.text("flow"), bookings: row.int("bookings"),
      eligible: row.optionalInt("eligible"))
  }
}

extension VerificationReport.TableUse {
  init(_ row: NamedRow) {
    self.init(
      flow: row.text("flow"), strategy: row.text("strategy"), tables: row.int("tables"), bookings: row.int("bookings"),
      covers: row.int("covers"))
  }
}

extension VerificationReport.NoticeCount {
  init(_ row: NamedRow) {
    self.init(
      kind: row.text("kind"), status: row.text("status"), notices: row.int("notices"),
      deliveries: row.int("deliveries"), twice: row.int("twice"))
  }
}

extension VerificationReport.FlagChange {
  init?(_ row: NamedRow) {
    guard let at = row.time("changed_at") else { return nil }
    self.init(
      at: at, flag: row.text("flag"), value: row.text("value"), actor: row.text("actor"), reason: row.text("reason"))
  }
}

extension VerificationReport.FlagLine {
  init(_ verdict: FlagVerdict) {
    self.init(
      name: verdict.name.rawValue, value: verdict.value,
      decidedBy: verdict.decidedBy.map(\.description).joined(separator: ", "),
      said: verdict.said.map { "\($0.source): \($0.value)" }.joined(separator: ", "))
  }
}

extension VerificationReport.InstanceLine {
  init(_ seen: SeenInstance) {
    let flags = seen.record.flags
    let said = [
      flags.pipelineV3.map { "V3 \($0)" }, flags.shadow.map { "shadow \($0)" },
      flags.maxParallel.map { "max parallel \($0)" },
    ].compactMap(\.self)
    self.init(
      id: seen.record.id, role: seen.record.role.rawValue, version: seen.record.version,
      isLive: seen.silence <= SeenInstance.patience, says: said.isEmpty ? "nothing" : said.joined(separator: ", "))
  }
}
