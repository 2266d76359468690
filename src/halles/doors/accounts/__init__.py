# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing up and in: a code by mail, a passkey, or an operator's one-use link."""
