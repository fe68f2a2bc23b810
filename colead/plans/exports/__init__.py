"""Plans as paper and as lists, one module per topic."""
