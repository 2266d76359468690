# SPDX-License-Identifier: AGPL-3.0-or-later
"""The communes of France and the postal codes that lead to them: open facts, the same for every market."""
