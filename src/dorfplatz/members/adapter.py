"""What allauth's second factors ask of the square: how secrets are kept, and who asks a device for a passkey."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library carries no types
    """Named in the settings. Secrets are of no use without the installation's secret key."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Empty, which no code fits, for what was written with a key that is lost."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().rpartition(":")[0] or context.request.get_host()
        return {"id": host, "name": str(context.request.municipality)}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """The address, so that one finds the right key; no name of a person."""
        return {
            "id": user_pk_to_url_str(user).encode(),
            "display_name": user.get_username(),
            "name": user.get_username(),
        }


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(secret)) for secret in keys])


def _key(secret: str | bytes) -> bytes:
    told = secret if isinstance(secret, bytes) else secret.encode()
    return base64.urlsafe_b64encode(hashlib.sha256(b"dorfplatz.members.factors:" + told).digest())
