"""Questions to the room of meetings."""
