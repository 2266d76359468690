# SPDX-License-Identifier: AGPL-3.0-or-later
"""Encrypting for one browser (RFC 8291, RFC 8188) and saying who sends (VAPID, RFC 8292). No Django.

A service (Google's, Apple's, Mozilla's) carries the message to the browser; only the browser can read it, and only who
holds our key can send to it.
"""

import base64
import binascii
import json
import os
import time
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from halles.kernel import outside

CURVE = ec.SECP256R1()
RECORD = 4096  # octets of the one record a message is (RFC 8291, section 4)
MOST = RECORD - 103  # what a message may hold: its record without header, end mark and tag
SIGNED_FOR = 12 * 3600  # seconds: RFC 8292 allows a day, clocks differ


class WrongKeys(ValueError):
    """What a browser gave as its keys are none: nothing can ever be sent to it."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: our private key, and whom a service may write to when something is wrong (mailto: or https:)."""

    key: ec.EllipticCurvePrivateKey
    contact: str


@dataclass(frozen=True, slots=True)
class Target:
    """One browser: where its service waits, its public key and its secret, as it gave them (base64url)."""

    endpoint: str
    p256dh: str
    auth: str


def send(to: Target, plain: bytes, *, sender: Sender, seconds: int, topic: str) -> int:
    """Hand a message to a browser's service, which keeps it so long; a later one of the same topic takes its place.

    The status it answered with.

    :raises WrongKeys: when nothing can be encrypted for this browser.
    :raises halles.kernel.outside.Inside: when the address is none that may be called.
    :raises halles.kernel.outside.Unreachable: when nobody answers.
    """
    parts = outside.check(to.endpoint)
    audience = f"https://{parts.netloc}"
    headers = {
        "Authorization": authorization(sender, audience, now=int(time.time())),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(seconds),
        "Urgency": "high",
        "Topic": topic,
    }
    return outside.post(to.endpoint, encrypt(plain, to.p256dh, to.auth), headers)


def encrypt(
    plain: bytes,
    p256dh: str,
    auth: str,
    *,
    salt: bytes | None = None,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """A message only this browser can read. `salt` and `key` are made anew for each; they are given to test.

    :raises WrongKeys: when its keys are none.
    """
    if len(plain) > MOST:
        raise ValueError(f"{len(plain)} octets in a message that holds {MOST}")
    theirs, secret = decode(p256dh), decode(auth)
    salt, key = salt or os.urandom(16), key or ec.generate_private_key(CURVE)
    try:
        shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    except ValueError as error:
        raise WrongKeys(str(error)) from error
    ours = point(key.public_key())
    material = _derive(shared, secret, b"WebPush: info\0" + theirs + ours, 32)
    content_key = _derive(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(material, salt, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(content_key).encrypt(nonce, plain + b"\x02", None)  # 2: the last record
    return salt + RECORD.to_bytes(4) + len(ours).to_bytes(1) + ours + sealed


def authorization(sender: Sender, audience: str, *, now: int) -> str:
    """The header by which a service knows us: a signed token for it alone, and our public key."""
    claims = {"aud": audience, "exp": now + SIGNED_FOR, "sub": sender.contact}
    said = ".".join(
        encode(json.dumps(part, separators=(",", ":")).encode())
        for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    r, s = decode_dss_signature(sender.key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={said}.{encode(r.to_bytes(32) + s.to_bytes(32))}, k={public(sender.key)}"


def private_key(kept: str) -> ec.EllipticCurvePrivateKey:
    """A key from its 32 octets in base64url."""
    return ec.derive_private_key(int.from_bytes(decode(kept)), CURVE)


def public(key: ec.EllipticCurvePrivateKey) -> str:
    """The public half of a key, as a browser wants it."""
    return encode(point(key.public_key()))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as its point on the curve, 65 octets."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def encode(octets: bytes) -> str:
    """Base64url without its padding."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The octets of a base64url text.

    :raises WrongKeys: when it is none.
    """
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise WrongKeys(text) from error


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
