/// What the holder of an API key may do (§11).
public enum Role: String, Sendable, Codable, CaseIterable {
  case guestApp = "guest_app"
  case host
  case `operator`
  case qaLead = "qa_lead"
  case engineeringLead = "engineering_lead"
  case onCallEngineer = "on_call_engineer"
  case productOwner = "product_owner"
  case admin
}
