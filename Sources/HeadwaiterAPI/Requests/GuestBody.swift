public import BookingDomain

/// Who comes; personal data.
public struct GuestBody: WireRequest {
  public var name: String
  public var phone: String?
  public var mail: String?
  /// BCP 47, for example `en-GB`.
  public var locale: String?
  public var notes: String?

  public init(name: String, phone: String? = nil, mail: String? = nil, locale: String? = nil, notes: String? = nil) {
    self.name = name
    self.phone = phone
    self.mail = mail
    self.locale = locale
    self.notes = notes
  }

  public static let keys = ["name", "phone", "mail", "locale", "notes"]

  public init(_ reader: JSONObjectReader) {
    name = reader.requiredText("name", length: WireLimits.name) ?? ""
    phone = reader.text("phone", length: WireLimits.phone)
    mail = reader.text("mail", length: WireLimits.mail)
    locale = reader.text("locale", length: WireLimits.locale)
    notes = reader.text("notes", length: WireLimits.notes)
  }

  /// The guest of a body, if it has one.
  static func read(in reader: JSONObjectReader) -> GuestBody? {
    reader.object("guest", keys: keys).map(GuestBody.init)
  }

  public init(_ guest: Guest) {
    self.init(name: guest.name, phone: guest.phone, mail: guest.mail, locale: guest.locale, notes: guest.notes)
  }

  public var guest: Guest { Guest(name: name, phone: phone, mail: mail, locale: locale, notes: notes) }
}

/// What a party wishes and needs; part of several bodies.
struct WishesReader {
  static let keys = ["zone", "tags", "needs"]
  let zone: String?
  let tags: [String]?
  let needs: [GuestNeed]?

  init(_ reader: JSONObjectReader) {
    zone = reader.text("zone", length: WireLimits.zone)
    tags = reader.distinctTexts("tags", count: WireLimits.tags, length: WireLimits.tag)
    needs = WishesReader.needs(reader)
  }

  private static func needs(_ reader: JSONObjectReader) -> [GuestNeed]? {
    let count = 0...GuestNeed.allCases.count
    guard let names = reader.distinctTexts("needs", count: count, length: WireLimits.tag) else { return nil }
    let needs = names.compactMap(GuestNeed.init(rawValue:))
    if needs.count < names.count {
      let known = GuestNeed.allCases.map(\.rawValue)
      let unknown = names.first { !known.contains($0) } ?? ""
      reader.report(
        "needs", "names an unknown need", allowed: known.joined(separator: ", "),
        suggestion: Spelling.closest(to: unknown, in: known))
    }
    return needs
  }
}

extension SeatingWishes {
  /// Wishes as a body states them.
  init(zone: String?, tags: [String]?, needs: [GuestNeed]?) {
    self.init(zone: zone, tags: Set(tags ?? []), needs: Set(needs ?? []))
  }
}
