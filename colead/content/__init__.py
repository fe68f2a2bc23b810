"""What schools read, as typed and frozen values. Pure: the data lives in the repository's `content/` folder."""
