"""A programme on paper and as lists."""
