/// What `--version` prints and the API tells.
enum ProgramVersion {
  static let text = "0.1.0-dev"
}
