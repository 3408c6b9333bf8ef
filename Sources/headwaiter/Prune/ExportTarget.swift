import BookingDomain
import Bootstrap
import Foundation

/// Where and how events are written before they are deleted.
struct ExportTarget {
  let path: String
  let format: EventExport.Format

  /// - Parameters:
  ///   - given: a folder that is there, or a file whose name says how.
  ///   - before: names the file in a folder.
  /// - Throws: ``CommandProblem`` for a file of another kind.
  init(_ given: String, before: Timestamp) throws(CommandProblem) {
    var status = stat()
    if stat(given, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      let time = Timestamp(seconds: before.seconds).description.filter { $0 != "-" && $0 != ":" }
      path = given + (given.hasSuffix("/") ? "" : "/") + "events-before-\(time).jsonl"
      format = .jsonLines
      return
    }
    let suffix = given.split(separator: "/").last?.split(separator: ".").last.map { $0.lowercased() }
    switch suffix {
    case "csv": format = .csv
    case "jsonl", "ndjson": format = .jsonLines
    default:
      throw CommandProblem(
        "--export is \"\(ShownText.escaped(given))\"; allowed: a folder that is there, or a new file .csv or .jsonl")
    }
    path = given
  }
}
