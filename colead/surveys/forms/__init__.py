"""Judge what people type in this room, one module a topic."""
