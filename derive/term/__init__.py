"""The term algebra: nodes, substitution, printing, lowering; scopes."""
