"""Certified values of terms in a model: exact numbers, balls, jets, arrays."""

from derive.verify.evaluate import compiling as compiling  # it hands in what compiles every node
