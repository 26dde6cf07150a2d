"""Text of users is never taken for markup: where Textual reads a plain str as markup, none is made of data.

Fault 50. Textual's sinks take a str for markup; `Content(...)` and `markup=False` are literal.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pmtui.ui

FOLDER = Path(pmtui.ui.__file__).parent
SINKS = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "RadioButton",
    "Collapsible",
    "Placeholder",
    "ListItem",
    "Option",
    "Select",
    "SelectionList",
    "OptionList",
    "Tab",
    "TabPane",
    "Tooltip",
    "notify",
    "update",
    "add_column",
    "add_columns",
    "add_row",
    "add_option",
    "from_markup",
    "from_text",
}
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "sub_title", "loading_message"}
SAFE_CALLS = {"Content", "Text"}
MAPPINGS = {"_drafts", "kinds"}
"""What has an `update` and is no widget."""


def is_safe(node: ast.expr) -> bool:
    """Literal text of our own, or a value that is literal whatever it holds."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str) or "[" not in node.value
    if isinstance(node, ast.IfExp):
        return is_safe(node.body) and is_safe(node.orelse)
    if isinstance(node, ast.BoolOp):
        return all(is_safe(value) for value in node.values)
    return isinstance(node, ast.Call) and name_of(node.func) in SAFE_CALLS


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def is_sink(function: ast.expr) -> bool:
    owner = name_of(function.value) if isinstance(function, ast.Attribute) else ""
    return name_of(function) in SINKS and owner not in MAPPINGS


def markup_is_off(call: ast.Call) -> bool:
    return any(
        k.arg == "markup" and isinstance(k.value, ast.Constant) and k.value.value is False for k in call.keywords
    )


def findings(source: str) -> list[int]:
    """Lines on which text that is not literal reaches a sink."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and is_sink(node.func) and not markup_is_off(node):
            first = node.args[:1] or [k.value for k in node.keywords if k.arg in ("content", "message", "label")]
            if any(not is_safe(argument) for argument in first):
                found.append(node.lineno)
        elif isinstance(node, ast.Assign) and not is_safe(node.value):
            named = [target for target in node.targets if isinstance(target, ast.Attribute)]
            found += [node.lineno for target in named if target.attr in ATTRIBUTES]
    return found


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_data_reaches_a_place_that_reads_markup(path):
    assert findings(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'Static(f"{title}")',
        "Static(title)",
        "Label(item.title, id='x')",
        "self.notify(text)",
        "app.notify(message=text)",
        "box.border_title = title",
        "box.border_title = f'{a}'",
        "box.query_one(Static).update(title)",
        "Static(title if title else Content(title))",
        "Static('[b]' + title)",
        "Static('[b]')",
        "Content.from_markup(title)",
    ],
)
def test_the_scan_finds_what_it_is_for(source):
    assert findings(source) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "Static(Content(title))",
        'Static("", markup=False)',
        "Static('plain words')",
        "app.notify(text, markup=False)",
        "box.border_title = Content(clean(title))",
        "Static()",
    ],
)
def test_the_scan_lets_literal_text_pass(source):
    assert findings(source) == []
