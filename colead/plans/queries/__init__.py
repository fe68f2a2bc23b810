"""Questions across the plans, one module per topic."""
