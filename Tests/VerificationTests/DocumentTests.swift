import AssignmentStore
import BookingDomain
import Foundation
import Rollout
import Testing
import Verification

/// What the report says first, and whether it is what the gate says.
@Suite struct DocumentTests {
  private static func document(_ criteria: [CriterionResult], signed: [Role] = []) -> ReportDocument {
    ReportDocument(VerificationReport(subject(criteria, signed: signed)))
  }

  private static func subject(_ criteria: [CriterionResult], signed: [Role]) -> VerificationSubject {
    var subject = ReportSamples.subject(criteria)
    subject.signOffs = signed.map { SignOff(role: $0, by: "ada", run: 4, at: ReportSamples.start) }
    subject.missing = subject.phase.signedOffBy.filter { !signed.contains($0) }.map { "sign-off by \($0.rawValue)" }
    return subject
  }

  private static func ended(
    _ kind: VerificationReport.Ending.Kind, _ criteria: [CriterionResult] = ReportSamples.passing,
    _ change: (inout VerificationReport.Ending) -> Void = { _ in }
  ) -> VerificationReport {
    var subject = subject(criteria, signed: [.onCallEngineer, .productOwner])
    var ending = VerificationReport.Ending(kind)
    change(&ending)
    (subject.run.endedAt, subject.ending) = (subject.writtenAt, ending)
    return VerificationReport(subject)
  }

  @Test func allPassedAndSigned_mayAdvance() {
    let document = Self.document(ReportSamples.passing, signed: [.onCallEngineer, .productOwner])
    #expect(document.verdict == ReportCell("Passed: the rollout may advance to production_50", .good))
    #expect(document.summary == ["4 of 4 criteria pass."])
  }

  @Test func allPassedButNotSigned_saysWhoseSignOffIsMissing() {
    let document = Self.document(ReportSamples.passing, signed: [.productOwner])
    #expect(document.verdict.text == "All criteria pass; not signed off")
    #expect(document.summary.last == "Also missing to advance: sign-off by on_call_engineer.")
  }

  @Test func oneFailed_mustNotAdvanceWhateverElsePasses() {
    let failed = ReportSamples.criterion(.review, 14, bound: 17, limit: 10, .fail)
    let open = ReportSamples.criterion(.latency, nil, bound: nil, limit: 3_000, .notEnoughData)
    let document = Self.document(ReportSamples.passing + [failed, open], signed: [.onCallEngineer, .productOwner])
    #expect(document.verdict == ReportCell("Failed: the rollout must not advance", .bad))
    #expect(
      document.summary == [
        "4 of 6 criteria pass.", "Failed: review (14 %, needed < 10 %).",
        "Not enough data: P95 until ended (needed < 3,000 ms).",
      ])
  }

  @Test func notEnoughData_holds() {
    let open = ReportSamples.criterion(.confirmation, 100, bound: 61, limit: 95, .notEnoughData)
    let document = Self.document([open])
    #expect(document.verdict == ReportCell("Not enough data: the rollout waits", .open))
  }

  @Test func somethingElseIsMissing_isNoMatterOfSignatures() {
    var subject = Self.subject(ReportSamples.passing, signed: [.onCallEngineer, .productOwner])
    subject.missing = ["the kill switch is on"]
    let document = ReportDocument(VerificationReport(subject))
    #expect(document.verdict == ReportCell("All criteria pass; something else keeps it from advancing", .open))
    #expect(document.summary.last == "Also missing to advance: the kill switch is on.")
  }

  @Test func lastPhase_hasNothingToAdvanceTo() {
    var subject = Self.subject(ReportSamples.passing, signed: [.onCallEngineer, .productOwner])
    subject.next = nil
    #expect(ReportDocument(VerificationReport(subject)).verdict.text == "Passed: this is the last phase")
  }

  @Test func runThatWasLeft_saysForWhatAndHow() {
    let open = ReportSamples.criterion(.confirmation, 100, bound: 61, limit: 95, .notEnoughData)
    let failed = ReportSamples.criterion(.review, 14, bound: 17, limit: 10, .fail)
    func verdict(_ kind: VerificationReport.Ending.Kind, _ criteria: [CriterionResult]) -> ReportCell {
      ReportDocument(Self.ended(kind, criteria) { $0.next = "production_50" }).verdict
    }
    let passing = ReportSamples.passing
    #expect(verdict(.advanced, passing) == ReportCell("Passed: went on to production_50", .good))
    #expect(verdict(.forced, passing).text == "Forced on to production_50, though all criteria passed")
    #expect(verdict(.forced, [open]) == ReportCell("Forced on to production_50, without enough data", .open))
    #expect(verdict(.forced, [failed]) == ReportCell("Forced on to production_50, though criteria failed", .bad))
  }

  @Test func runThatHasEnded_hasPassedOnlyWhereItWasNotStopped() {
    let kinds = VerificationReport.Ending.Kind.allCases
    #expect(kinds.filter { Self.ended($0).hasPassed } == [.advanced, .forced])
    let open = ReportSamples.criterion(.confirmation, 100, bound: 61, limit: 95, .notEnoughData)
    #expect(!kinds.contains { Self.ended($0, [open]).hasPassed })
    #expect(VerificationReport(ReportSamples.subject(ReportSamples.passing)).hasPassed)
  }

  @Test func runThatHasEnded_lacksNothingToAdvance() {
    var subject = Self.subject(ReportSamples.passing, signed: [])
    (subject.run.endedAt, subject.ending) = (subject.writtenAt, .init(.rolledBack))
    let document = ReportDocument(VerificationReport(subject))
    #expect(document.verdict.text == "Rolled back")
    #expect(document.summary == ["4 of 4 criteria passed when it ended."])
    #expect(MarkdownRenderer().render(document).contains("not given"))
  }

  @Test func shares_areAllOrNoneOnlyWhereTheyAre() {
    var report = VerificationReport(ReportSamples.subject(ReportSamples.passing))
    report.states = [
      .init(state: "confirmed", status: "confirmed", bookings: 9_999), .init(state: "failed", status: "x", bookings: 1),
    ]
    guard case .table(let table) = ReportDocument(report).sections[4].blocks[0] else {
      Issue.record("no table of states")
      return
    }
    #expect(table.rows.map { $0[3].text } == ["> 99.9 %", "< 0.1 %"])
  }

  @Test func flowsAsJSON_areFlatAndComeBack() throws {
    let counts = VerificationReport.FlowCounts(
      flow: "v3", restaurants: 2, figures: FlowFigures(bookings: 9, bookingsConfirmed: 7, eligible: 8, confirmed: 6))
    let data = try JSONEncoder().encode(counts)
    let members = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(members["bookingsConfirmed"] as? Int == 7 && members["flow"] as? String == "v3" && members.count == 9)
    #expect(try JSONDecoder().decode(VerificationReport.FlowCounts.self, from: data) == counts)
  }

  @Test func latencies_areDrawnFromTheFirstBandToTheLastThatHasSome() {
    var report = VerificationReport(ReportSamples.subject(ReportSamples.passing))
    report.latencies = [
      .init(flow: "v3", confirmed: 4, counts: [0, 0, 3, 0, 0, 1, 0]),
      .init(flow: "legacy", confirmed: 2, counts: [0, 0, 0, 2, 0, 0, 0]),
    ]
    guard case .chart(.bars(let chart))? = ReportDocument(report).sections[3].blocks.first else {
      Issue.record("no chart")
      return
    }
    #expect(chart.bars.map(\.label) == ["≤ 100 ms", "≤ 300 ms", "≤ 1 s", "< 3 s"])
    #expect(chart.bars.map(\.values) == [[75, 0], [0, 100], [0, 0], [25, 0]])
  }

  @Test func budget_isThatOfThePlan() {
    var report = VerificationReport(ReportSamples.subject(ReportSamples.passing))
    report.latencies = [.init(flow: "v3", confirmed: 9, p95: 2_000, counts: [])]
    func row() -> [String] {
      for case .table(let table) in ReportDocument(report).sections[3].blocks { return table.rows[0].map(\.text) }
      return []
    }
    #expect(row().suffix(2) == ["3,000", "within"])
    report.budget.latency = 1_500
    #expect(row().suffix(2) == ["1,500", "OVER"])
    report.budget.latency = nil
    #expect(row().suffix(2) == ["–", "–"])
  }

  @Test func everySectionIsThere_evenOfAnEmptyRun() {
    let document = Self.document([])
    #expect(
      document.sections.map(\.title) == [
        "Criteria", "What happened", "Legacy against V3", "Latency", "States", "Reasons", "Notices", "Edge cases",
        "Configuration", "Incidents and known issues", "Sign-offs",
      ])
    #expect(document.sections.allSatisfy { !$0.blocks.isEmpty })
  }

  @Test func rowsHaveACellForEachColumn() {
    for section in ReportDocument(ReportSamples.full()).sections {
      for case .table(let table) in section.blocks {
        #expect(table.rows.allSatisfy { $0.count == table.columns.count }, "\(section.title)")
      }
    }
  }

  @Test func everyKindOfCriterion_hasWordsAndASide() {
    for kind in CriterionKind.allCases {
      let document = Self.document([ReportSamples.criterion(kind, 1, bound: nil, limit: 2, .pass)])
      guard case .table(let table) = document.sections[0].blocks[0] else {
        Issue.record("\(kind) has no table")
        continue
      }
      #expect(!table.rows[0][0].text.contains("_"), "\(kind)")
      #expect("≥≤<>".contains(table.rows[0][4].text.prefix(1)), "\(kind): \(table.rows[0][4].text)")
    }
  }
}
