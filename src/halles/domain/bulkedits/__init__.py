# SPDX-License-Identifier: AGPL-3.0-or-later
"""One change to many articles: asked for, looked at, made, taken back."""
