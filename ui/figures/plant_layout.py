"""Where assets stand on the plant picture: layers along the connections inside each unit, units packed in shelves.

Source     layering by longest path and one barycentre sweep: Sugiyama, Tagawa, Toda (1981),
           doi:10.1109/TSMC.1981.4308636, without its crossing-minimal extras
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

WIDTH_PX, HEIGHT_PX = 122, 44
GAP_X_PX, GAP_Y_PX = 24, 12
BORDER_PX, HEAD_PX = 12, 16
ASPECT_RATIO = 1.5
"""Width over height that the whole picture aims at."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Block:
    """A placed part of the picture: its size and the centres of the assets in it, from its upper left corner."""

    width: float
    height: float
    centres: Mapping[str, Point]


def positions(assets: Sequence[str], links: Sequence[tuple[str, str]]) -> dict[str, Point]:
    """Centres of all assets in pixels; the same plant always gives the same picture.

    Args:
        assets: Paths of the assets, in the order of the plant file.
        links: Pairs of assets that are joined, from upstream to downstream as written.
    """
    return dict(_place("", assets, links).centres)


def _place(group: str, assets: Sequence[str], links: Sequence[tuple[str, str]]) -> Block:
    depth = group.count("/") + 1 if group else 0
    inside = [asset for asset in assets if not group or asset.startswith(f"{group}/")]
    own = [asset for asset in inside if asset.count("/") == depth]
    heads = {asset: "/".join(asset.split("/")[: depth + 1]) for asset in inside if asset.count("/") > depth}
    blocks = [_framed(_place(head, inside, links)) for head in dict.fromkeys(heads.values())]
    if own:
        blocks.append(_layered(own, links))
    return _shelves(blocks)


def _framed(block: Block) -> Block:
    moved = {asset: (x + BORDER_PX, y + BORDER_PX + HEAD_PX) for asset, (x, y) in block.centres.items()}
    return Block(block.width + 2 * BORDER_PX, block.height + 2 * BORDER_PX + HEAD_PX, moved)


def _shelves(blocks: Sequence[Block]) -> Block:
    """Blocks side by side, a new shelf when one is as wide as the picture should be."""
    if not blocks:
        return Block(0.0, 0.0, {})
    area = sum((block.width + GAP_X_PX) * (block.height + GAP_Y_PX) for block in blocks)
    target = max(sqrt(area * ASPECT_RATIO), max(block.width for block in blocks))
    x = y = shelf = widest = 0.0
    centres: dict[str, Point] = {}
    for block in sorted(blocks, key=lambda item: -item.height):
        if x and x + block.width > target:
            x, y, shelf = 0.0, y + shelf + GAP_Y_PX, 0.0
        centres |= {asset: (x + left, y + top) for asset, (left, top) in block.centres.items()}
        x, shelf = x + block.width + GAP_X_PX, max(shelf, block.height)
        widest = max(widest, x - GAP_X_PX)
    return Block(widest, y + shelf, centres)


def _layered(assets: Sequence[str], links: Sequence[tuple[str, str]]) -> Block:
    """Assets of one unit in columns along the flow."""
    known = set(assets)
    joined = {end for a, b in links if a in known and b in known and a != b for end in (a, b)}
    if loose := [asset for asset in assets if asset not in joined]:
        rest = [asset for asset in assets if asset in joined]
        return _stacked([_layered(rest, links)] if rest else [], _row(loose))
    forward = _without_circles(assets, [(a, b) for a, b in links if a in known and b in known and a != b])
    ranks = _ranks(assets, forward)
    columns = [[asset for asset in assets if ranks[asset] == rank] for rank in range(max(ranks.values()) + 1)]
    rows: dict[str, float] = {}
    for column in columns:
        before = {asset: [rows[a] for a, b in forward if b == asset and a in rows] for asset in column}
        wanted = {asset: sum(found) / len(found) if found else float(len(rows)) for asset, found in before.items()}
        for row, asset in enumerate(sorted(column, key=lambda item: wanted[item])):
            rows[asset] = float(row)
    pitch_x, pitch_y = WIDTH_PX + GAP_X_PX, HEIGHT_PX + GAP_Y_PX
    centres = {a: (ranks[a] * pitch_x + WIDTH_PX / 2, rows[a] * pitch_y + HEIGHT_PX / 2) for a in assets}
    height = max(map(len, columns)) * pitch_y - GAP_Y_PX
    return Block(len(columns) * pitch_x - GAP_X_PX, height, centres)


def _row(assets: Sequence[str]) -> Block:
    """Assets that nothing joins inside their unit, side by side."""
    pitch = WIDTH_PX + GAP_X_PX
    centres = {asset: (index * pitch + WIDTH_PX / 2, HEIGHT_PX / 2) for index, asset in enumerate(assets)}
    return Block(len(assets) * pitch - GAP_X_PX, HEIGHT_PX, centres)


def _stacked(above: Sequence[Block], below: Block) -> Block:
    if not above:
        return below
    top = above[0]
    shift = top.height + GAP_Y_PX
    moved = {asset: (x, y + shift) for asset, (x, y) in below.centres.items()}
    return Block(max(top.width, below.width), shift + below.height, {**top.centres, **moved})


def _without_circles(assets: Sequence[str], links: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Links without those that close a circle when followed in the order of the plant file."""
    following: dict[str, list[str]] = {asset: [] for asset in assets}
    for source, target in links:
        if target not in following[source]:
            following[source].append(target)
    kept: list[tuple[str, str]] = []
    done: set[str] = set()

    def visit(asset: str, path: frozenset[str]) -> None:
        for target in following[asset]:
            if target not in path:
                kept.append((asset, target))
                if target not in done:
                    done.add(target)
                    visit(target, path | {target})

    entered = {target for targets in following.values() for target in targets}
    for asset in [*(item for item in assets if item not in entered), *assets]:
        if asset not in done:
            done.add(asset)
            visit(asset, frozenset({asset}))
    return kept


def _ranks(assets: Sequence[str], forward: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Column of each asset: the longest way from a beginning."""
    ranks = dict.fromkeys(assets, 0)
    for _round in range(len(assets)):
        changed = False
        for source, target in forward:
            if ranks[target] <= ranks[source]:
                ranks[target], changed = ranks[source] + 1, True
        if not changed:
            break
    entered = {target for _source, target in forward}
    for asset in assets:
        if asset not in entered:
            ranks[asset] = min((ranks[target] for source, target in forward if source == asset), default=1) - 1
    return ranks
