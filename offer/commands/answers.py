"""Answers in the terminal: to the people of a file, and to where a place is."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from offer.answer_parts import Answer
from offer.api.answer_json import answer_json
from offer.catalogue.yaml_text import YamlFault
from offer.catalogue.yaml_text import read as read_yaml
from offer.clock import today
from offer.commands.opened import open_places, read_edition
from offer.errors import PlainError
from offer.person import PersonFaults, read_person
from offer.published import Published
from offer.settings import Settings
from offer.terminal import answer_lines, place_lines

_FOR_READERS = ("expect", "law", "absent", "not_included")  # of a situation that is also a test


async def check(settings: Settings, file: Path, *, everything: bool, as_json: bool) -> list[str]:
    """The answer to each situation of a YAML file, in plain lines or as JSON."""
    situations = read_situations(file)
    published = await read_edition(settings)
    answers = [_answer(published, situation, file) for situation in situations]
    if as_json:
        replies = [json.loads(answer_json(each, explain=True)) for each in answers]
        return [json.dumps(replies if len(replies) > 1 else replies[0], indent=2, ensure_ascii=False)]
    lines: list[str] = []
    for situation, each in zip(situations, answers, strict=True):
        lines += [*(["", f"== {situation.get('name', '')}"] if len(answers) > 1 else [])]
        lines += answer_lines(each, everything=everything)
    return lines


def _answer(published: Published, situation: Mapping[str, Any], file: Path) -> Answer:
    try:
        person = read_person(published, situation.get("facts") or {}, _day(situation.get("on"), file))
    except PersonFaults as faults:
        said = "; ".join(
            f"{fault.pointer.removeprefix('/facts/')}: {fault.detail}" for fault in faults.faults
        )
        raise PlainError(f"{file} cannot be answered: {said}") from None
    return person.answer(published)


def read_situations(file: Path) -> list[Mapping[str, Any]]:
    """The people of a YAML file: one, or a list of them. Raises PlainError."""
    data = _yaml(file)
    listed: list[Any] = data if isinstance(data, list) and data else [data]
    for each in listed:
        if not isinstance(each, dict) or not isinstance(each.get("facts") or {}, dict):
            raise PlainError(f"{file} holds no situation.", "Write `facts:` and, below it, one fact a line.")
        unknown = set(each) - {"name", "on", "facts", *_FOR_READERS}
        if unknown:
            names = ", ".join(sorted(map(str, unknown)))
            raise PlainError(f"{file} says {names}, which we do not know.", "Use `on` and `facts`.")
    return listed


def _yaml(file: Path) -> object:
    try:
        return read_yaml(file.read_text("utf-8")).data
    except OSError as fault:
        raise PlainError(f"{file} cannot be read: {fault.strerror}.") from fault
    except (YamlFault, UnicodeDecodeError) as fault:
        raise PlainError(f"{file} is not YAML that we can read: {fault}.") from fault


def _day(text: object, file: Path) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise PlainError(f"`on` in {file} is not a date.", "Write it as 2026-11-22.") from None


def places(settings: Settings, query: str) -> list[str]:
    """Which district and council a place is in."""
    return place_lines(open_places(settings).read(query, today()))
