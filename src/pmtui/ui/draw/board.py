"""A product's vision board and its positioning statement as lines.

The board is Roman Pichler's: the vision on top, four boxes below it. The statement is Geoffrey
Moore's; a blank that nobody has filled is shown as missing and never as if it were text.
"""

from __future__ import annotations

from pmtui.domain.entities.vision import Product
from pmtui.domain.fields import specs
from pmtui.ui.draw.detail import wrap
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fill, fit

BOXES = ("target_group", "needs", "features", "business_goals")
STATEMENT: tuple[tuple[str, str], ...] = (
    ("For", "target_customer"),
    ("who", "customer_need"),
    (",", "name"),
    ("is a", "category"),
    ("that", "key_benefit"),
    (". Unlike", "alternative"),
    ("our product", "differentiation"),
)
"""The words between the blanks of the positioning statement, and the field that fills each."""


def statement_spans(product: Product) -> list[Span]:
    """The positioning statement; what is missing stands in brackets and in a style of its own."""
    spans: list[Span] = []
    for word, name in STATEMENT:
        text = str(getattr(product, name))
        sign = word[:1] if word[:1] in (",", ".") else ""
        if sign:  # it stands with the words before
            style, before = spans[-1]
            spans[-1] = style, before.rstrip(".,") + sign
        spans.append(("dim", word.removeprefix(sign).strip()))
        spans.append(("", text) if text else ("warn", f"[{BLANKS[name]}?]"))
    return spans


BLANKS = {
    "target_customer": "target customer",
    "customer_need": "need",
    "name": "name",
    "category": "category",
    "key_benefit": "key benefit",
    "alternative": "alternative",
    "differentiation": "difference",
}


def missing_blanks(product: Product) -> list[str]:
    """What the statement still lacks, by its name."""
    return [BLANKS[name] for _, name in STATEMENT if not getattr(product, name)]


def statement_lines(product: Product, width: int, limit: int) -> list[Line]:
    """The statement in at most *limit* lines of *width* cells."""
    lines: list[Line] = []
    line: list[Span] = []
    used = 0
    for style, text in statement_spans(product):
        for word in text.split():
            room = len(word) + (1 if used else 0)
            if used and used + room > width:
                lines.append(tuple(line))
                line, used = [], 0
            line.append((style, (" " if used else "") + word))
            used += len(word) + (1 if used else 0)
    if line:
        lines.append(tuple(line))
    if len(lines) > limit > 0:
        lines[limit - 1] = (*lines[limit - 1][:-1], ("", " …"))
    return lines[:limit]


def board_lines(product: Product, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The whole board in *height* lines: vision, four boxes, statement, the facts beside them."""
    inner = max(8, width - 2)
    lines: list[Line] = [_facts(product, inner, glyphs)]
    vision = wrap(product.vision, inner - 2, 4) or [""]
    lines += _titled("vision", vision if product.vision else [], inner, glyphs)
    across = 4 if width >= 100 else 2 if width >= 50 else 1
    statement = statement_lines(product, inner - 2, 6)
    rows = -(-len(BOXES) // across)
    room = max(2, (height - len(lines) - len(statement) - 2 - rows) // rows)
    for start in range(0, len(BOXES), across):
        lines += _row_of_boxes(product, BOXES[start : start + across], inner, room, glyphs)
    lines += [(("rule", f" {glyphs.horizontal * 2} positioning {glyphs.horizontal * max(0, inner - 16)}"),)]
    lines += [(("", "  "), *line) for line in statement]
    return lines[:height]


def _facts(product: Product, width: int, glyphs: Glyphs) -> Line:
    words = [f"{product.key} {product.name}"]
    facts = [
        f"stage: {product.stage or glyphs.dash}",
        f"market: {product.target_market or glyphs.dash}",
        f"north star: {product.north_star or glyphs.dash}",
    ]
    return (("strong", f" {words[0]}   "), ("", fit("   ".join(facts), max(0, width - len(words[0]) - 4))))


def _titled(title: str, text: list[str], width: int, glyphs: Glyphs) -> list[Line]:
    rule = f" {glyphs.horizontal * 2} {title} "
    lines: list[Line] = [(("rule", rule + glyphs.horizontal * max(0, width - len(rule))),)]
    return lines + ([(("", f"  {line}"),) for line in text] or [(("dim", "  nothing yet: E fills it in"),)])


def _row_of_boxes(product: Product, names: tuple[str, ...], width: int, room: int, glyphs: Glyphs) -> list[Line]:
    known = specs(Product)
    each = width // len(names)
    columns: list[list[Line]] = []
    for name in names:
        text = str(getattr(product, name))
        body = [part for line in text.split("\n") for part in (wrap(line, each - 3, room + 1) or [""])] if text else []
        shown = body[:room]
        if len(body) > room:
            shown[-1] = fit(f"{shown[-1].rstrip()} {glyphs.ellipsis}", each - 3)
        columns.append(_titled(known[name].title, shown, each - 1, glyphs))
    lines: list[Line] = []
    for index in range(room + 1):
        spans: list[Span] = []
        for column in columns:
            spans += fill(column[index] if index < len(column) else (), each)
        lines.append(tuple(spans))
    return lines
