"""What stands between a phone and the box: the page, what it sends, and nothing that knows anybody."""
