# SPDX-License-Identifier: AGPL-3.0-or-later
"""The clock's door: who comes in is time. The worker delivers the outbox and runs the schedule."""
