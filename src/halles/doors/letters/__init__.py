# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mails: what customers and merchants are told, and when."""
