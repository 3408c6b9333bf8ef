import BookingDomain

extension JSONTree {
  /// The tree with the value at a pointer replaced, added, or, for nil, removed.
  func setting(_ pointer: String, to value: JSONTree?) -> JSONTree {
    edited(pointer.split(separator: "/").map(String.init)[...], to: value) ?? self
  }

  private func edited(_ path: ArraySlice<String>, to value: JSONTree?) -> JSONTree? {
    guard let key = path.first else { return value }
    switch self.value {
    case .object(var members):
      guard let index = members.firstIndex(where: { $0.key == key }) else {
        if let value, path.count == 1 { members.append(Member(key, value)) }
        return JSONTree(.object(members))
      }
      if let changed = members[index].value.edited(path.dropFirst(), to: value) {
        members[index].value = changed
      } else {
        members.remove(at: index)
      }
      return JSONTree(.object(members))
    case .array(var elements):
      guard let index = Int(key), elements.indices.contains(index) else {
        return JSONTree(.array(elements + (value.map { [$0] } ?? [])))
      }
      if let changed = elements[index].edited(path.dropFirst(), to: value) {
        elements[index] = changed
      } else {
        elements.remove(at: index)
      }
      return JSONTree(.array(elements))
    default: return self
    }
  }
}
