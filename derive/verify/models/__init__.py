"""Models of a scope: exact values for every free symbol under the hypotheses."""
