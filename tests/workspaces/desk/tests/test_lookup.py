"""Feature: 001-find-parcel, User Story 1."""

import unittest

from desk.lookup import line_of


class Lookup(unittest.TestCase):
    def test_fr_001_one_line(self):
        parcel = {"code": "A1B2C3D4E5F6", "recipient_email": "ada@example.org"}
        self.assertEqual(line_of(parcel), "A1B2C3D4E5F6: ada@example.org")
