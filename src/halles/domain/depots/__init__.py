# SPDX-License-Identifier: AGPL-3.0-or-later
"""Orders that wait at somebody else's counter: deposited, handed over by whoever keeps it, or taken back."""
