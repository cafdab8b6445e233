"""Reads of the open interfaces. What is given away is named here, field by field: nothing about persons is among it."""

from dorfplatz.api.queries.network import Network, Node, Offer, categories_of, network_of
from dorfplatz.api.queries.records import Record, records_of

__all__ = ["Network", "Node", "Offer", "Record", "categories_of", "network_of", "records_of"]
