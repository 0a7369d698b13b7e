"""Parcel intake. Feature: 001-parcel-intake."""
