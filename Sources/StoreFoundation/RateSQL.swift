/// What the figures of a phase count, on both databases: columns in the order of figures, of rows of the views of outcomes.
public enum RateSQL {
  /// How a flow did, of `v_outcomes`.
  public static let flow = """
    count(*), count(*) FILTER (WHERE outcome = 'confirmed'),
      count(*) FILTER (WHERE standing = 'eligible' AND has_ended),
      count(*) FILTER (WHERE standing = 'eligible' AND outcome = 'confirmed'),
      count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND was_in_review),
      count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND had_error),
      count(*) FILTER (WHERE standing = 'full_house' AND has_ended)
    """

  /// The same by shadow's outcomes, of `shadow_comparisons` with `v_outcomes`: a comparison ends shadow's work.
  public static let shadow = """
    count(*), count(*) FILTER (WHERE v3_outcome = 'confirmed'),
      count(*) FILTER (WHERE standing = 'eligible'),
      count(*) FILTER (WHERE standing = 'eligible' AND v3_outcome = 'confirmed'),
      count(*) FILTER (WHERE standing = 'eligible' AND v3_outcome = 'manual_review'),
      count(*) FILTER (WHERE standing = 'eligible' AND verdict = 'shadow_error'),
      count(*) FILTER (WHERE standing = 'full_house')
    """

  /// Both flows on the same bookings: both found a table, V3 alone, legacy alone, neither.
  public static let paired = """
    count(*) FILTER (WHERE verdict IN ('same_tables', 'equivalent', 'v3_better', 'legacy_better')),
      count(*) FILTER (WHERE verdict = 'v3_only'),
      count(*) FILTER (WHERE verdict = 'legacy_only' OR (verdict = 'shadow_error' AND legacy_tables IS NOT NULL)),
      count(*) FILTER (WHERE verdict = 'both_failed' OR (verdict = 'shadow_error' AND legacy_tables IS NULL))
    """
}
