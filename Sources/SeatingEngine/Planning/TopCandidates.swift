/// The best of many candidates, best first; equal scores in the order given.
struct TopCandidates {
  private(set) var sorted: [Candidate] = []

  init(_ candidates: [Candidate], limit: Int) {
    guard limit > 0 else { return }
    if limit >= candidates.count {
      sorted = candidates.sorted { ($0.score, -$0.option) > ($1.score, -$1.option) }
      return
    }
    for candidate in candidates where sorted.count < limit || candidate.score > sorted[limit - 1].score {
      let place = sorted.partitioningIndex { $0.score < candidate.score }
      sorted.insert(candidate, at: place)
      if sorted.count > limit { sorted.removeLast() }
    }
  }
}
