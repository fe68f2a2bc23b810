"""What a team does around its meetings."""
