"""Gradient Descent Studio: computation graphs, their loss surfaces and races of optimizers.

`gdstudio.engine` computes (numpy only), `gdstudio.document` reads and writes files, `gdstudio.ui` is the window.
Importing this package imports none of them.
"""

from __future__ import annotations

__version__ = "0.1.0"
