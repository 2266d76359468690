# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration town: facts, texts and drawings of our own."""
