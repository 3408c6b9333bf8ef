/// An error as the API tells it (RFC 9457). Carries no personal data.
public struct Problem: Codable, Sendable {
  /// Relative URI `/problems/<code>`: stable.
  public var type: String
  public var title: String
  public var status: Int
  public var detail: String?
  /// The last part of ``type``.
  public var code: String
  /// JSON pointer of the first wrong member of the body.
  public var pointer: String?
  /// Name of the wrong query parameter, path parameter or header.
  public var parameter: String?
  /// What was found there, unless it may be personal.
  public var value: String?
  /// What is allowed there.
  public var allowed: String?
  /// Everything that is wrong with the body.
  public var errors: [FieldError]?
  /// Other times that would work.
  public var alternatives: [AvailableTimeBody]?
  /// The booking as it is now, without its guest.
  public var booking: BookingBody?
  /// Bookings in the way.
  public var bookingIDs: [String]?
  /// The restaurant's revision now.
  public var revision: Int?
  /// A transition that was refused.
  public var transition: Refusal?
  /// What a rollout lacks to go on, one line each.
  public var missing: [String]?
  public var retryAfterSeconds: Int?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case type, title, status, detail, code, pointer, parameter, value, allowed, errors, alternatives, booking
    case bookingIDs = "booking_ids"
    case revision, transition, missing
    case retryAfterSeconds = "retry_after_seconds"
  }

  public init(status: Int, code: String, title: String, detail: String? = nil) {
    type = "/problems/\(code)"
    self.title = title
    self.status = status
    self.detail = detail
    self.code = code
  }

  /// One wrong member.
  public struct FieldError: Codable, Sendable, Hashable {
    /// JSON pointer, or a place in the text.
    public var pointer: String
    public var detail: String
    /// What was found there, unless it may be personal.
    public var value: String?
    public var allowed: String?
    /// What was probably meant.
    public var suggestion: String?

    public init(pointer: String, detail: String, value: String?, allowed: String?, suggestion: String?) {
      self.pointer = pointer
      self.detail = detail
      self.value = value
      self.allowed = allowed
      self.suggestion = suggestion
    }
  }

  /// From where to where was asked, and what would be allowed.
  public struct Refusal: Codable, Sendable, Hashable {
    public var from: String
    public var to: String
    public var allowed: [String]

    public init(from: String, to: String, allowed: [String]) {
      self.from = from
      self.to = to
      self.allowed = allowed
    }
  }
}
