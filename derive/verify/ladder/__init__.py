"""From a question to a verdict, cheapest rung first."""
