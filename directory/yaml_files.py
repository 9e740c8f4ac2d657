"""Services as YAML files: one document a file, id = file name, the same bytes on every round trip."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from directory.records import Service

STARTER = Path(__file__).with_name("starter")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not loaded: `line` counts from 1, `reason` is one plain sentence."""

    file: str
    line: int
    reason: str


def dump_service(service: Service) -> str:
    """The file text of one service: keys in field order, blanks at their default left out."""
    body = service.model_dump(mode="python", exclude_defaults=True)
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=100, default_flow_style=False)


def load_services(folder: Path = STARTER) -> tuple[tuple[Service, ...], tuple[Refused, ...]]:
    """Every `*.yaml` of `folder` in name order; a bad file is refused and the rest still load."""
    services: list[Service] = []
    refused: list[Refused] = []
    for file in sorted(folder.glob("*.yaml")):
        read = read_service(file)
        if isinstance(read, Service):
            services.append(read)
        else:
            refused.append(read)
    return tuple(services), tuple(refused)


def read_service(file: Path) -> Service | Refused:
    """One service, or why its file was refused. Never raises for what stands in the file."""
    try:
        text = file.read_text(encoding="utf-8")
        body = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as fault:
        return Refused(file.name, 1, f"cannot be read as text: {fault}")
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        return Refused(file.name, mark.line + 1 if mark else 1, f"is not valid YAML: {fault}".split("\n")[0])
    return _checked(file, text, body)


def _checked(file: Path, text: str, body: object) -> Service | Refused:
    if not isinstance(body, Mapping):
        return Refused(file.name, 1, "must be one service: lines of 'key: value'")
    try:
        service = Service.model_validate(dict(body))
    except ValidationError as faults:
        first = faults.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        line = _line_of(text, str(first["loc"][0]) if first["loc"] else "")
        return Refused(file.name, line, f"{where or 'the record'}: {first['msg']}")
    if service.id != file.stem:
        return Refused(file.name, _line_of(text, "id"), f"id must be the file name: {file.stem}")
    return service


def _line_of(text: str, key: str) -> int:
    """The line, from 1, on which a top-level key stands; 1 when it is missing."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for name, _ in node.value:
        if name.value == key:
            return int(name.start_mark.line) + 1
    return 1
