import AssignmentStore
import BookingDomain

/// The story of a booking on one screen.
struct BookingStoryText {
  let story: BookingStory

  var text: String {
    let sections = [BookingHeadline(story: story).text, states, attempts, events, notices, job]
    return sections.joined(separator: "\n") + "\nTimes in \(story.calendar.identifier).\n"
  }

  private var states: String {
    var table = TableText(
      .text("state"), .number("version"), .text("time"), .text("mode"), .text("cause"), .flexible("by"),
      .flexible("reason"))
    for row in story.history {
      table.add(
        row.to.rawValue, "\(row.version)", time(row.createdAt), row.mode.rawValue, row.cause, row.actor,
        row.reason ?? "")
    }
    return table.render()
  }

  private var attempts: String {
    var table = TableText(.text("attempt"), .text("time"), .text("result"), .text("strategy"), .flexible("reason"))
    for row in story.attempts {
      table.add(
        "\(row.attemptNumber)", time(row.createdAt), row.result.rawValue, row.strategy?.rawValue ?? "",
        row.reason?.rawValue ?? "")
    }
    return table.isEmpty ? "No attempt.\n" : table.render()
  }

  private var events: String {
    var table = TableText(.text("event"), .text("time"), .text("severity"), .flexible("details"))
    for stored in story.events {
      let event = stored.event
      table.add(event.type, time(event.createdAt), event.severity.rawValue, EventText.details(event))
    }
    return table.isEmpty ? "No event.\n" : table.render()
  }

  private var notices: String {
    var table = TableText(.text("notice"), .number("version"), .text("due"), .text("status"), .number("deliveries"))
    for notice in story.notices {
      table.add(
        notice.kind.rawValue, "\(notice.version)", time(notice.dueAt), notice.status.rawValue, "\(notice.deliveries)")
    }
    return table.isEmpty ? "No notice.\n" : table.render()
  }

  private var job: String {
    guard let job = story.job else { return "No job: automatic work has ended.\n" }
    return "Job: due \(time(job.runAt)), the state's deadline \(time(job.stateDeadline)), "
      + "\(job.retries) retries (\(job.failures) counted), \(job.rescues) rescues.\n"
  }

  private func time(_ time: Timestamp) -> String { TimeText.exact(time, in: story.calendar) }
}
