# SPDX-License-Identifier: AGPL-3.0-or-later
"""A neighbour asks a shop, the shop answers: « l'avez-vous en bleu ? »."""
