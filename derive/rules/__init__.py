"""The mechanism of decisions: tables of rules, asked by one function that writes down who answered.

A table lies in the room that asks it; here is only how rules are asked and how their answers combine.
"""

from derive.rules.rule import Answer, Rule, ask, first

__all__ = ["Answer", "Rule", "ask", "first"]
