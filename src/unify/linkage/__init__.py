"""Fellegi–Sunter linkage: models as data, their training, their scoring by Splink."""
