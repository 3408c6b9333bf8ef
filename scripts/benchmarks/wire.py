"""What the benchmarks know of the HTTP API: the only place to change when it does."""
import json
from typing import Any

from .demand import Wish


def request(method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> bytes:
    payload = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
    fields = {"Host": "127.0.0.1", "Content-Length": str(len(payload))} | (headers or {})
    if body is not None:
        fields["Content-Type"] = "application/json"
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + payload


def create_booking(wish: Wish, key: str) -> bytes:
    body = {
        "restaurant_id": wish.restaurant, "date": wish.date.isoformat(), "start_time": wish.time,
        "party_size": wish.party, "guest": {"name": "Bench Guest"}}
    return request("POST", "/v1/bookings", body, {"Idempotency-Key": key})


def put_restaurant(restaurant: dict[str, Any]) -> bytes:
    return request("PUT", f"/v1/restaurants/{restaurant['id']}", restaurant)


def is_confirmed(status: int, body: bytes) -> bool:
    """Whether an answer to `create_booking` says that the booking has its tables."""
    return status in (200, 201, 202) and json.loads(body).get("assignment_state") == "confirmed"


def booking_id(body: bytes) -> str | None:
    return json.loads(body).get("id")
