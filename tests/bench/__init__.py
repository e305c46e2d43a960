"""Measurements: single claims (`run.py`) and documents (`documents.py`)."""
