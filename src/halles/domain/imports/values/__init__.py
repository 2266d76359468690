# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people type in cells, made values: numbers (prices, rates, quantities, contents), codes, words, texts, formulas.

Each function gives the value or raises `Refused` with what is wrong; none guesses without saying so.
"""
