"""XML from typed text: escaped by the standard library, without the characters XML cannot hold."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, name: str, text: str) -> Element:
    """A child element with text."""
    child = SubElement(parent, name)
    child.text = _NOT_XML.sub("", text)
    return child


def to_xml(root: Element) -> bytes:
    """The document as UTF-8, with its declaration."""
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data
