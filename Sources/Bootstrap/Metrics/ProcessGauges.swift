import CoreMetrics
import Foundation

/// What Linux says of this process, under the names that every client of Prometheus uses. Elsewhere nothing is shown.
struct ProcessGauges: Sendable {
  private let cpu: CountedElsewhere
  private let resident: Meter
  private let virtual: Meter
  private let files: Meter
  private let started: Meter

  init(factory: any MetricsFactory) {
    cpu = CountedElsewhere("process_cpu_seconds_total", factory: factory)
    resident = Meter(label: "process_resident_memory_bytes", factory: factory)
    virtual = Meter(label: "process_virtual_memory_bytes", factory: factory)
    files = Meter(label: "process_open_fds", factory: factory)
    started = Meter(label: "process_start_time_seconds", factory: factory)
    let limit = Meter(label: "process_max_fds", factory: factory)
    if let most = ProcessFigures.mostFiles { limit.set(most) }
  }

  func refresh() {
    guard let figures = ProcessFigures() else { return }
    cpu.advance(to: figures.cpuSeconds)
    resident.set(figures.residentBytes)
    virtual.set(figures.virtualBytes)
    started.set(figures.startedAt)
    if let count = ProcessFigures.openFiles { files.set(count) }
  }
}

/// One reading of `/proc`; see proc(5).
struct ProcessFigures: Sendable {
  var cpuSeconds: Double
  var virtualBytes: Int
  var residentBytes: Int
  /// Seconds since the epoch.
  var startedAt: Double

  /// Nil where there is no `/proc`, or one of another form.
  init?() {
    guard let stat = Self.text("/proc/self/stat"), let end = stat.lastIndex(of: ")"),
      let boot = Self.text("/proc/stat").flatMap({ Self.number(after: "\nbtime ", in: $0) })
    else { return nil }
    // After the program's name, which may have spaces: the state is the third field.
    let fields = stat[stat.index(after: end)...].split(separator: " ").map { Double($0) ?? 0 }
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    guard fields.count > 21, ticks > 0 else { return nil }
    cpuSeconds = (fields[11] + fields[12]) / ticks
    startedAt = boot + fields[19] / ticks
    virtualBytes = Int(fields[20])
    residentBytes = Int(fields[21]) * sysconf(Int32(_SC_PAGESIZE))
  }

  static var openFiles: Int? { try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }

  static var mostFiles: Double? {
    text("/proc/self/limits").flatMap { number(after: "\nMax open files ", in: $0) }
  }

  private static func number(after words: String, in text: String) -> Double? {
    guard let place = text.firstRange(of: words) else { return nil }
    return text[place.upperBound...].split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
  }

  /// A file of `/proc` has no size to go by.
  private static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(file, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}
