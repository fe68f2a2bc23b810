"""Judge what people write into the practices, one module per topic."""
