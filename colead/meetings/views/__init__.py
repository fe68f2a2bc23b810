"""Pages about norms, meetings and protocols."""
