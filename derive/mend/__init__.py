"""The search for the smallest edits that mend a claim."""
