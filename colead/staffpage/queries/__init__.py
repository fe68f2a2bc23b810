"""What the page that all staff read is made of."""
