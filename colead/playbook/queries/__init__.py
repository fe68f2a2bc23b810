"""Questions across a team's records, answered as finished values. Nothing here writes."""
