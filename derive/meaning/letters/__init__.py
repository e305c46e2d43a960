"""What a letter is: names, scripts, indices, marks above, letters run together."""
