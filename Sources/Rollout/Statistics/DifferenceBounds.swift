/// Exact one-sided bounds of the difference of two probabilities.
public struct DifferenceBounds: Sendable, Hashable, Codable {
  /// The difference observed, as a fraction: 0.05 is five points.
  public let value: Double
  /// One-sided 95 % bounds, each by itself.
  public let lower: Double
  public let upper: Double

  /// The difference `first − second`.
  ///
  /// Each probability is bounded by Clopper and Pearson at 97.5 %, and the two bounds are subtracted. By Bonferroni's
  /// inequality both hold together with 95 % at least, whether the two are independent or not. So the bound is never too
  /// sharp, also with few data; the price is that it asks for somewhat more data than the best exact methods (C. J. Lloyd,
  /// M. V. Moldovan, "Exact one-sided confidence limits for the difference between two correlated proportions",
  /// Statistics in Medicine 26, 2007), which search over a nuisance parameter.
  init(_ first: Share, minus second: Share) {
    let confidence = 1 - (1 - ExactBinomial.confidence) / 2
    value = first.rate - second.rate
    lower = first.lower(confidence) - second.upper(confidence)
    upper = first.upper(confidence) - second.lower(confidence)
  }
}

/// So many of so many.
struct Share: Hashable {
  var part: Int
  var whole: Int

  /// 0 of nothing.
  var rate: Double { whole > 0 ? Double(part) / Double(whole) : 0 }
  func lower(_ confidence: Double = ExactBinomial.confidence) -> Double {
    ExactBinomial.lowerBound(part, of: whole, confidence: confidence)
  }
  func upper(_ confidence: Double = ExactBinomial.confidence) -> Double {
    ExactBinomial.upperBound(part, of: whole, confidence: confidence)
  }
}
