# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a town's commerce is: one Django app a noun. A package imports only what stands below it.

From top to bottom: conversations, orders, offers, rolls, imports, bulkedits, fulfilment, stock, tradeitems, catalogue, customers, shops,
people, communes, journal.
What must travel upwards travels as an event in the outbox (`halles.kernel.outbox`).
"""
