"""Questions across records, one module a topic."""
