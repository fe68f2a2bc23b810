"""What people do about the page that all staff read, one module for each matter."""
