"""What of the findings is let through: selection, comments in the document, a baseline, changed lines."""
