# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a merchant types: amounts, quantities, hours, in the way people write them."""
