"""Pages of the practices, one module per topic."""
