"""What a document shows of its letters, gathered once before any formula is given its meaning."""
