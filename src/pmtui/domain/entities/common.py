"""What every subject uses: tags and saved views."""

from __future__ import annotations

from dataclasses import dataclass

from pmtui.domain.fields import choice, identity, ref, text

TAG_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A word of the plan's one list of tags; things refer to it, so a rename reaches all of them."""

    id: str = identity()
    name: str = text("tag", required=True, limit=TAG_LENGTH, unique=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTag:
    """A backlog item carries a tag."""

    id: str = identity()
    item_id: str = ref("item", "backlog_item", required=True)
    tag_id: str = ref("tag", "tag", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A filter with a name, to come back to."""

    id: str = identity()
    name: str = text("view name", required=True, limit=60, unique=True)
    tab: str = choice("tab", ("matrix",), "matrix")
    filter: str = text("filter")
    sort: str = text("sort", limit=40)
