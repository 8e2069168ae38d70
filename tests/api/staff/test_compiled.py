"""Compiled templates are kept for the next start, and are never in the way."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from api.staff.pages import compiled_templates


@pytest.fixture(autouse=True)
def _python_keeps_what_it_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def shown(folder: Path, template: str) -> str:
    """Return a template as a new process shows it."""
    cache = compiled_templates(folder)
    environment = Environment(
        loader=DictLoader({"a.html": template}), bytecode_cache=cache, autoescape=True
    )
    return environment.get_template("a.html").render(name="<Jo>")


def test_a_template_is_compiled_once_and_again_when_it_has_changed(tmp_path: Path) -> None:
    assert shown(tmp_path / "kept", "{{ name }}") == "&lt;Jo&gt;"
    (kept,) = (tmp_path / "kept").iterdir()
    before = kept.stat().st_mtime_ns
    assert shown(tmp_path / "kept", "{{ name }}") == "&lt;Jo&gt;"
    assert kept.stat().st_mtime_ns == before
    assert shown(tmp_path / "kept", "Dear {{ name }}") == "Dear &lt;Jo&gt;"
    assert kept.stat().st_mtime_ns != before


def test_a_damaged_file_is_compiled_anew(tmp_path: Path) -> None:
    shown(tmp_path / "kept", "{{ name }}")
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(b"damaged")
    assert shown(tmp_path / "kept", "{{ name }}") == "&lt;Jo&gt;"


def test_where_nothing_can_be_kept_pages_are_shown_all_the_same(tmp_path: Path) -> None:
    assert compiled_templates(tmp_path / "missing" / "kept") is None
    assert shown(tmp_path / "missing" / "kept", "{{ name }}") == "&lt;Jo&gt;"
    cache = compiled_templates(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    environment = Environment(
        loader=DictLoader({"a.html": "{{ name }}"}), bytecode_cache=cache, autoescape=True
    )
    assert environment.get_template("a.html").render(name="Jo") == "Jo"


def test_nothing_is_kept_where_python_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled_templates(tmp_path / "kept") is None
    assert not (tmp_path / "kept").exists()
