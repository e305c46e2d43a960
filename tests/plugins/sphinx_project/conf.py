import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
project = "small"
extensions = ["sphinx.ext.autodoc", "sphinx.ext.mathjax", "derive.plugins.sphinx"]
