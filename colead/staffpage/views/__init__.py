"""Views of the page that all staff read, and of the pages on which a team looks after it."""
