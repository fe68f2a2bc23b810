"""Questions across the practices, one module per topic."""
