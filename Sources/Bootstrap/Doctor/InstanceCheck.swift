import AssignmentStore
import BookingDomain

/// The instances on the database: whether they live, and what their environments say of the flags.
struct InstanceCheck: Sendable {
  let instances: [SeenInstance]
  /// What is set for all of them.
  let stored: StoredFlags

  func examine() -> [Examination] { heartbeats + [flags] }

  private var live: [SeenInstance] { instances.filter { $0.silence <= SeenInstance.patience } }

  private var heartbeats: [Examination] {
    let silent = instances.filter { $0.silence > SeenInstance.patience }.map { seen in
      Examination(
        "instances", .finding, "\(Self.name(seen)) was not heard of for \(seen.silence.components.seconds) s",
        advice: "it has died, hangs, or cannot reach the database: look at its log; others take its bookings over")
    }
    return silent + [staff]
  }

  private var staff: Examination {
    let count = live.count
    guard count > 0 else {
      return Examination("instances", .finding, "none is running", advice: "start one: `headwaiter serve`")
    }
    guard live.contains(where: { $0.record.role.works && !$0.record.isDraining }) else {
      return Examination(
        "instances", .finding, "none of the \(count) that run takes work",
        advice: "start one with --role worker or all, or `headwaiter instances resume ID`")
    }
    let versions = Set(live.map(\.record.version)).sorted().joined(separator: " and ")
    let drained = live.filter(\.record.isDraining).map(Self.name)
    let note = drained.isEmpty ? "" : "; drained: \(drained.joined(separator: ", "))"
    return Examination("instances", .fine, "\(count) \(count == 1 ? "runs" : "run"), version \(versions)\(note)")
  }

  /// Off wins: one that says false decides for all.
  private var flags: Examination {
    let effective = FlagSources(
      environments: live.map { .init(instance: $0.record.id, settings: $0.record.flags) }, stored: stored
    ).effective()
    let yes = live.filter { $0.record.flags.pipelineV3 == true }
    let no = live.filter { $0.record.flags.pipelineV3 == false }
    let decides =
      "\(effective.flow.rawValue) decides\(set), at most \(effective.maxParallel) at once for a restaurant"
    guard !live.isEmpty else { return Examination("flags", .fine, "no instance says anything") }
    guard yes.isEmpty || no.isEmpty else {
      let names = no.map(Self.name).joined(separator: ", ")
      return Examination(
        "flags", .finding,
        "\(decides): \(yes.count) of \(live.count) say \(FeatureFlags.v3Name)=true, and \(names) says false, which decides for all",
        advice: "if V3 is wanted, set it to true or unset it there, and restart; if not, set it to false everywhere")
    }
    return Examination("flags", .fine, "\(decides): \(said(yes, no))")
  }

  /// What each one's environment says of V3; counted where they are many.
  private func said(_ yes: [SeenInstance], _ no: [SeenInstance]) -> String {
    guard live.count <= 4 else {
      return "of \(live.count), \(yes.count) say true, \(no.count) say false, the others nothing"
    }
    return live.map { seen in
      "\(Self.name(seen)) says \(seen.record.flags.pipelineV3.map { "\($0)" } ?? "nothing")"
    }.joined(separator: ", ")
  }

  /// What people set that a reader must know of.
  private var set: String {
    var notes: [String] = []
    if stored.isKilled { notes.append("the kill switch is on") }
    if let share = stored.share { notes.append("V3's share is \(share) %") }
    let paused = stored.restaurants.values.count { $0 == .paused }
    if paused > 0 { notes.append("\(paused) \(paused == 1 ? "restaurant is" : "restaurants are") paused") }
    return notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
  }

  private static func name(_ seen: SeenInstance) -> String { "\(seen.record.id) on \(seen.record.host)" }
}
