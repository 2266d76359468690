# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `make` calls; never imported by the house."""
