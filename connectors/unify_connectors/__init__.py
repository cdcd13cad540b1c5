"""Connectors that come with unify: one module a kind of source."""
