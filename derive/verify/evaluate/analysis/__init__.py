"""Integrals, series and limits with certified tails."""
