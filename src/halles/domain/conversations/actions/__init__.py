# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes conversations: `say` what is said, `settle` how it ends, `forget` what is old."""
