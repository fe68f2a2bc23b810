"""Judge what a team writes about its decisions, one module a topic."""
