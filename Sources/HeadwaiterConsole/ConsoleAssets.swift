/// The web console: static pages that read the public API and have no write path of their own.
public enum ConsoleAssets {
  /// For the `Content-Security-Policy` header of every asset: the pages load nothing from elsewhere and run no inline code.
  public static let contentSecurityPolicy =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  /// The asset at a path, or nil when the console has none there.
  ///
  /// `/` shows the only restaurant, or lets the reader choose; `/floor/{restaurant}` shows one.
  /// - Parameter path: the path of the request's target, without its query.
  public static func asset(path: String) -> ConsoleAsset? {
    if path == "/" || isFloor(path) { return page }
    return files[path]
  }

  private static let page = ConsoleAsset(contentType: "text/html; charset=utf-8", bytes: PackageResources.floor_html)

  private static let files: [String: ConsoleAsset] = {
    let style = PackageResources.floor_css
    var files = ["/console/floor.css": ConsoleAsset(contentType: "text/css; charset=utf-8", bytes: style)]
    files["/console/icon.svg"] = ConsoleAsset(
      contentType: "image/svg+xml; charset=utf-8", bytes: Array(ConsoleIcon.svg.utf8))
    for (name, bytes) in ConsoleModules.all {
      files["/console/\(name).js"] = ConsoleAsset(contentType: "text/javascript; charset=utf-8", bytes: bytes)
    }
    return files
  }()

  /// `/floor/` and one segment; which restaurants there are is the API's to say.
  private static func isFloor(_ path: String) -> Bool {
    guard path.hasPrefix("/floor/") else { return false }
    let restaurant = path.dropFirst("/floor/".count)
    return !restaurant.isEmpty && !restaurant.contains("/")
  }
}
