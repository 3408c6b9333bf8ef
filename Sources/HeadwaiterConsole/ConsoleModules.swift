/// The page's script, one ES module a responsibility; `main` starts it.
///
/// A new module is listed here and in `floor.html`, which asks for all of them at once.
enum ConsoleModules {
  static let all: [(name: String, bytes: [UInt8])] = [
    ("api", PackageResources.api_js), ("bookings", PackageResources.bookings_js), ("day", PackageResources.day_js),
    ("demo", PackageResources.demo_js), ("dom", PackageResources.dom_js), ("events", PackageResources.events_js),
    ("eventtext", PackageResources.eventtext_js), ("feed", PackageResources.feed_js),
    ("floor", PackageResources.floor_js), ("joints", PackageResources.joints_js),
    ("layout", PackageResources.layout_js), ("legend", PackageResources.legend_js),
    ("limits", PackageResources.limits_js), ("lines", PackageResources.lines_js), ("lists", PackageResources.lists_js),
    ("live", PackageResources.live_js), ("main", PackageResources.main_js), ("model", PackageResources.model_js),
    ("panel", PackageResources.panel_js), ("scrub", PackageResources.scrub_js),
    ("session", PackageResources.session_js), ("signin", PackageResources.signin_js),
    ("stage", PackageResources.stage_js), ("stories", PackageResources.stories_js),
    ("stream", PackageResources.stream_js), ("tables", PackageResources.tables_js), ("time", PackageResources.time_js),
    ("timeline", PackageResources.timeline_js), ("view", PackageResources.view_js),
    ("why", PackageResources.why_js), ("words", PackageResources.words_js),
  ]
}
