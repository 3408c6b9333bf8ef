/// The icon in the browser's tab: two tables, joined.
enum ConsoleIcon {
  static let svg = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\
    <rect width="32" height="32" rx="7" fill="#0e6660"/>\
    <rect x="6" y="14" width="20" height="4" fill="#fff"/>\
    <rect x="5" y="10" width="9" height="12" rx="2" fill="#fff"/>\
    <rect x="18" y="10" width="9" height="12" rx="2" fill="#fff"/></svg>
    """
}
