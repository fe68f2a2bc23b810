"""Judge what a team writes about its meetings."""
