"""Pictures drawn by hand as SVG. They are given finished facts, and ask nothing."""
