import BookingDomain
import Rollout
import Testing
import Verification

/// What the report says first, and whether it is what the gate says.
@Suite struct DocumentTests {
  private static func document(_ criteria: [CriterionResult], signed: [Role] = []) -> ReportDocument {
    var subject = ReportSamples.subject(criteria)
    subject.signOffs = signed.map { SignOff(role: $0, by: "ada", run: 4, at: ReportSamples.start) }
    return ReportDocument(VerificationReport(subject))
  }

  @Test func allPassedAndSigned_mayAdvance() {
    let document = Self.document(ReportSamples.passing, signed: [.onCallEngineer, .productOwner])
    #expect(document.verdict == ReportCell("Passed: the rollout may advance", .good))
    #expect(document.summary == ["4 of 4 criteria pass."])
  }

  @Test func allPassedButNotSigned_saysWhoseSignOffIsMissing() {
    let document = Self.document(ReportSamples.passing, signed: [.productOwner])
    #expect(document.verdict.text == "All criteria pass; not signed off")
    #expect(document.summary.last == "Also missing to advance: sign-off by on call engineer.")
  }

  @Test func oneFailed_mustNotAdvanceWhateverElsePasses() {
    let failed = ReportSamples.criterion(.review, 14, bound: 17, limit: 10, .fail)
    let open = ReportSamples.criterion(.latency, nil, bound: nil, limit: 3_000, .notEnoughData)
    let document = Self.document(ReportSamples.passing + [failed, open], signed: [.onCallEngineer, .productOwner])
    #expect(document.verdict == ReportCell("Failed: the rollout must not advance", .bad))
    #expect(
      document.summary == ["4 of 6 criteria pass.", "Failed: review.", "Not enough data: P95 until ended."])
  }

  @Test func notEnoughData_holds() {
    let open = ReportSamples.criterion(.confirmation, 100, bound: 61, limit: 95, .notEnoughData)
    let document = Self.document([open])
    #expect(document.verdict == ReportCell("Not enough data: the rollout holds", .open))
  }

  @Test func everySectionIsThere_evenOfAnEmptyRun() {
    let document = Self.document([])
    #expect(
      document.sections.map(\.title) == [
        "Criteria", "Legacy against V3", "Latency", "States", "Reasons", "Notices", "Edge cases", "Configuration",
        "Incidents and known issues", "Sign-offs", "What happened",
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
