# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who did what and when; and what has been done already, so that it is not done twice."""
