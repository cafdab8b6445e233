"""Which addresses belong to the public internet. Stricter than `ipaddress.is_global`, which in Python 3.11 lets
multicast, 6to4 and the translated forms of private addresses pass."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# IANA's special-purpose registry for IPv4, and two neighbours that only a hoster's inside can reach.
_CLOSED_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a hoster's control channel
        "169.254.0.0/16",  # link-local, among them the metadata services
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# Of IPv6 only the unicast space in use is public; these are the exceptions inside it.
_UNICAST_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, identifiers that are no addresses
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, carries an IPv4 address of anybody's choice
        "3fff::/20",  # documentation
    )
)
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}


def is_public_address(address: str | Address) -> bool:
    """Whether anybody on the internet could be meant by it. False for everything that is no plain IP address.

    An IPv4 address inside an IPv6 one is judged as itself where a network really translates it (mapped, NAT64);
    the given-up tunnels (IPv4-compatible, 6to4, Teredo, ISATAP) and local NAT64 prefixes are never public.
    """
    if isinstance(address, str):
        try:
            address = ip_address(address)
        except ValueError:
            return False
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _CLOSED_4)
    if address.scope_id is not None:
        return False
    if address in _MAPPED or address in _NAT64:
        return is_public_address(IPv4Address(int(address) & 0xFFFF_FFFF))
    if (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return False
    return address in _UNICAST_6 and not any(address in block for block in _CLOSED_6)
