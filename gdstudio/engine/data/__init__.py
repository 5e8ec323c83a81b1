"""Datasets as values of leaves, tables from CSV files, and mini-batches.

A dataset is made by name from a seed, so a document need only hold the name and the options. Which rows a
step sees is a pure function of (seed, step): racers with the same seed see the same batches, and any step can
be looked up without running those before it. Putting batches through a graph is the business of `race`.
"""

from __future__ import annotations

from .batches import Batches, Order
from .dataset import DataError, Dataset
from .recipes import Recipe, column, get, make, names
from .tables import Table, parse_csv, read_csv

__all__ = [
    "Batches",
    "DataError",
    "Dataset",
    "Order",
    "Recipe",
    "Table",
    "column",
    "get",
    "make",
    "names",
    "parse_csv",
    "read_csv",
]
