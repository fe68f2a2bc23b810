"""Pages of the plans, one module per topic."""
