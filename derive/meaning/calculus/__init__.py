"""Derivatives in all their spellings, integrals, and values between bounds."""
