# SPDX-License-Identifier: AGPL-3.0-or-later
"""Values and mechanisms that every noun shares. No tables but abstract ones; imports nothing of ours."""
