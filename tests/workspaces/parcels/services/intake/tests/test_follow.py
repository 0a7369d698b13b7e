"""User Story 2 - Follow a parcel. Feature: 001-parcel-intake."""

import unittest

from tests.client import Client


class FollowAParcel(unittest.TestCase):
    """Acceptance scenarios of US2."""

    def setUp(self) -> None:
        self.client = Client()
        self.addCleanup(self.client.store.close)
        _, parcel = self.client.send(
            "POST", "/parcels", {"recipient_email": "ana@example.org", "weight_grams": 1200}
        )
        self.path = f"/parcels/{parcel['code']}"

    def report(self, kind: str) -> int:
        status, _ = self.client.send("POST", f"{self.path}/events", {"kind": kind})
        return status

    def test_fr004_events_come_back_in_the_order_they_happened(self) -> None:
        self.report("sorted")
        self.report("out_for_delivery")
        _, parcel = self.client.send("GET", self.path)
        kinds = [event["kind"] for event in parcel["events"]]
        self.assertEqual(kinds, ["accepted", "sorted", "out_for_delivery"])

    def test_fr005_an_unknown_kind_is_refused(self) -> None:
        self.assertEqual(self.report("lost"), 422)

    def test_fr006_an_unknown_code_and_a_malformed_one_get_the_same_answer(self) -> None:
        unknown = self.client.send("GET", "/parcels/222222222222")
        malformed = self.client.send("GET", "/parcels/no-such-code")
        self.assertEqual(unknown, (404, {"error": "no such parcel"}))
        self.assertEqual(malformed, unknown)

    def test_fr007_nothing_happens_after_delivery(self) -> None:
        self.assertEqual(self.report("delivered"), 201)
        self.assertEqual(self.report("sorted"), 422)
