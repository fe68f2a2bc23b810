"""Questions across the records of a programme."""
