"""Standard forms: pure functions that settle how a value is written, one module a kind of value."""
