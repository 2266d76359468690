# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to an import: `ask` (hand over, look, start), `work` (write it, batch by batch), `undo`."""
