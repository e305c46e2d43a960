"""Reports: one module a format; `places` alone turns offsets into lines and columns."""
