"""Pages of the decisions room, one module a topic."""
