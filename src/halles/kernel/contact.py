# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses at which people can be reached, in one form each so that the same person is recognised."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from halles.kernel.errors import Refused

POSTAL_CODE = re.compile(r"(0[1-9]|[1-8]\d|9[0-578])\d{3}", re.ASCII)


def clean_email(typed: str) -> str:
    """An e-mail address in lower case; "" for nothing.

    :raises Refused: `contact.email_wrong`.
    """
    address = typed.strip().lower()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused("contact.email_wrong", field="email") from error
    if len(address) > 254:
        raise Refused("contact.email_wrong", field="email")
    return address


def clean_phone(typed: str) -> str:
    """A telephone number in international form, `+33549…`; French when no country is given; "" for nothing.

    :raises Refused: `contact.phone_wrong`.
    """
    if not typed.strip():
        return ""
    digits = re.sub(r"[\s.\-()/\u00a0\u202f]", "", typed)
    digits = re.sub(r"^00", "+", digits)
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return "+33" + digits[1:]
    if re.fullmatch(r"\+33[1-9]\d{8}", digits) or re.fullmatch(r"\+(?!33)[1-9]\d{7,14}", digits):
        return digits
    raise Refused("contact.phone_wrong", field="phone")


def takes_texts(phone: str) -> bool:
    """Whether a message can be sent to this number: not to a French telephone at home."""
    return bool(phone) and not re.match(r"\+33[1-589]", phone)


def show_phone(phone: str) -> str:
    """A number as people read it aloud: `05 49 12 34 56`."""
    if phone.startswith("+33") and len(phone) == 12:
        national = "0" + phone[3:]
        return " ".join(national[i : i + 2] for i in range(0, 10, 2))
    return phone


def clean_postal_code(typed: str) -> str:
    """Five digits of a French postal code.

    :raises Refused: `contact.postal_code_wrong`.
    """
    code = re.sub(r"\s", "", typed)
    if not POSTAL_CODE.fullmatch(code):
        raise Refused("contact.postal_code_wrong", field="postal_code")
    return code
