"""User Story 1 - Register a parcel. Feature: 001-parcel-intake."""

import tempfile
import unittest
from pathlib import Path

from tests.client import Client

LAMP = {"recipient_email": "ana@example.org", "weight_grams": 1200}


class RegisterAParcel(unittest.TestCase):
    """Acceptance scenarios of US1."""

    def setUp(self) -> None:
        self.client = Client()
        self.addCleanup(self.client.store.close)

    def test_fr001_a_registered_parcel_has_a_code_of_twelve_characters(self) -> None:
        status, parcel = self.client.send("POST", "/parcels", LAMP)
        self.assertEqual(status, 201)
        self.assertEqual(len(parcel["code"]), 12)

    def test_fr002_a_parcel_without_an_address_is_refused(self) -> None:
        status, answer = self.client.send("POST", "/parcels", {"weight_grams": 1200})
        self.assertEqual(status, 422)
        self.assertIn("recipient_email", answer["error"])

    def test_fr003_a_parcel_over_thirty_kilograms_is_refused(self) -> None:
        status, answer = self.client.send("POST", "/parcels", LAMP | {"weight_grams": 30_001})
        self.assertEqual(status, 422)
        self.assertIn("30 kg", answer["error"])

    def test_fr006_times_are_utc(self) -> None:
        _, parcel = self.client.send("POST", "/parcels", LAMP)
        self.assertTrue(parcel["created_at"].endswith("Z"))

    def test_fr008_a_parcel_survives_a_restart(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "parcels.sqlite3")
            before = Client(path)
            _, parcel = before.send("POST", "/parcels", LAMP)
            before.store.close()
            after = Client(path)
            status, _ = after.send("GET", f"/parcels/{parcel['code']}")
            after.store.close()
        self.assertEqual(status, 200)
