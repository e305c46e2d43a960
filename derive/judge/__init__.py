"""From what was found out to what it means for the document."""
