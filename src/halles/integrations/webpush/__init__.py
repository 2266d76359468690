# SPDX-License-Identifier: AGPL-3.0-or-later
"""Web Push: a message to a browser through its maker's service, which can neither read nor forge it."""
