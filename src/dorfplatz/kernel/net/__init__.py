"""The only way out: each request this installation makes to somebody else's server goes through `fetch`,
`download` or `send`.

An address may come from a stranger, so nothing about it is believed: see `addresses` for what counts as public,
`targets` for what may be asked for, `dialing` for how the checked address and the called one are kept the same.
"""

from dorfplatz.kernel.net.addresses import is_public_address
from dorfplatz.kernel.net.dialing import Egress, FetchFailed
from dorfplatz.kernel.net.fetching import Fetched, download, fetch, send
from dorfplatz.kernel.net.targets import FetchRefused

__all__ = ["Egress", "FetchFailed", "FetchRefused", "Fetched", "download", "fetch", "is_public_address", "send"]
