"""Looks a parcel up for a clerk. Feature: 001-find-parcel."""

import requests


def find(intake: str, code: str) -> str:
    """FR-001: one line about a parcel."""
    answer = requests.get(f"{intake}/parcels/{code}", timeout=5)
    answer.raise_for_status()
    return line_of(answer.json())


def line_of(parcel: dict) -> str:
    """FR-001: the code, and whom to call when nobody comes for it."""
    return f"{parcel['code']}: {parcel['recipient_email']}"
