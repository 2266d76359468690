# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of this door: entrance, account, passkeys, demonstration."""
