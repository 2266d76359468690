# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m benchmarks.inside MODULE ARGUMENT…`: the `main` of a module, inside the product."""

import importlib
import sys

import django

if __name__ == "__main__":
    django.setup()
    importlib.import_module(sys.argv[1]).main(*sys.argv[2:])
