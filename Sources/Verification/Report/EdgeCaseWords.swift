/// What edge cases are called.
enum EdgeCaseWords {
  static let all = [
    "joined_tables": "confirmed at joined tables", "three_or_more_tables": "confirmed at three tables or more",
    "party_of_8_or_more": "party of 8 or more", "hard_needs": "with a need that must be met",
    "made_by_host": "made by a host", "walk_in": "walk-in",
    "several_attempts": "took more than one attempt", "cancelled_while_deciding": "cancelled while being decided",
    "changed_while_deciding": "changed while being decided",
    "placed_by_person": "given its table by a person while being decided",
    "suggest_house": "house that only wants suggestions",
    "mandatory_house": "house that takes only whom it can seat at once",
    "full_house": "no table free at the first snapshot", "handed_to_legacy": "taken from V3 and handed to legacy",
    "retried": "put back and tried again", "rescued_at_deadline": "past the deadline of its state",
    "breaker_sent_to_review": "sent to review by an open breaker",
    "review_deadline_passed": "declined at the deadline of its review",
    "force_confirmed": "confirmed by a person from review", "requeued": "given back to the pipeline by a person",
    "moved": "moved to another table", "changed": "changed by guest or host", "undone": "undone",
    "floor_changed": "its table taken away by a change of the floor",
    "lock_contention": "its lease held by another worker", "no_free_permit": "waited for a permit of its restaurant",
    "circuit_open": "met an open breaker", "flag_changed": "flag changed (changes)", "killed": "kill switch (times)",
    "after_midnight": "stays past midnight", "clock_change": "on a day on which clocks change",
  ]
}
