"""Judge what a team writes into its plans, one module per topic."""
