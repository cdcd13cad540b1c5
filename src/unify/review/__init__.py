"""Worksheets that go out to stewards and come back: cases, rows, decisions."""
