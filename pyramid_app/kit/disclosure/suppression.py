"""Which cells of a table stay hidden, so that no small one can be worked out from the sums that are published.

A reader knows every shown cell, every column's sum and, where each person stands in one cell, every row's sum. A small
cell is safe when those leave it room: it might as well be nobody, or as many as may be shown.
"""

from collections import deque
from collections.abc import Callable, Collection, Sequence

Cell = tuple[int, int]
Grid = Sequence[Sequence[int]]


def hidden_cells(
    grid: Grid, sizes: Sequence[int], small: int, *, once_each: bool, besides: Collection[Cell] = ()
) -> set[Cell]:
    """The cells of 1 to ``small`` - 1 people, and as many others as it takes to keep them from being worked out.

    ``sizes``: the people of each row. ``once_each``: each person stands in one cell of a row, so that a row's cells
    add up to its people. ``besides``: cells that are to be as safe as small ones. May be all cells.
    """
    small_ones = {(r, c) for r, row in enumerate(grid) for c, number in enumerate(row) if 0 < number < small}
    few = sorted(small_ones.union(besides))
    hidden, room = set(few), _room_in_both(grid) if once_each else _room_in_columns(grid, sizes)
    while exposed := [cell for cell in few if not _safe(*room(cell, hidden), small)]:
        more = _next(grid, hidden, exposed[0])
        if more is None:
            return {(r, c) for r, row in enumerate(grid) for c in range(len(row))}
        hidden.add(more)
    return hidden


def _safe(least: int, most: int, small: int) -> bool:
    return least == 0 and most >= small


def _next(grid: Grid, hidden: set[Cell], exposed: Cell) -> Cell | None:
    """What to hide besides. Best is a cell that closes a ring (its row and its column hold hidden ones already), then
    one in the row or the column of the exposed cell; of equals the smallest."""
    rows, columns = {r for r, _ in hidden}, {c for _, c in hidden}

    def cost(cell: Cell) -> tuple[bool, bool, int, Cell]:
        r, c = cell
        return not (r in rows and c in columns), r != exposed[0] and c != exposed[1], grid[r][c], cell

    shown = [(r, c) for r, row in enumerate(grid) for c in range(len(row)) if (r, c) not in hidden]
    return min(shown, key=cost, default=None)


Room = Callable[[Cell, set[Cell]], tuple[int, int]]
"""The least and the most that a hidden cell could hold, for all that a reader knows."""


def _room_in_columns(grid: Grid, sizes: Sequence[int]) -> Room:
    """Only the sums of columns bind: people may stand in several cells of a row."""

    def room(cell: Cell, hidden: set[Cell]) -> tuple[int, int]:
        row, column = cell
        others = [r for r, c in hidden if c == column and r != row]
        left = grid[row][column] + sum(grid[r][column] for r in others)
        return max(0, left - sum(sizes[r] for r in others)), min(left, sizes[row])

    return room


def _room_in_both(grid: Grid) -> Room:
    """Rows and columns bind: how far a cell can move is a flow through the other hidden cells (a cell that grows makes
    another of its column shrink, which makes another of that row grow, and so on back to its own row)."""

    def room(cell: Cell, hidden: set[Cell]) -> tuple[int, int]:
        row, column = cell
        others = hidden - {cell}
        number = grid[row][column]
        more = _flow(grid, others, ("column", column), ("row", row))
        less = min(number, _flow(grid, others, ("row", row), ("column", column)))
        return number - less, number + more

    return room


Node = tuple[str, int]


def _flow(grid: Grid, cells: set[Cell], source: Node, sink: Node) -> int:
    """The largest flow: from a row to a column a cell grows, without bound; from a column to a row it shrinks."""
    most = sum(map(sum, grid)) + 1
    capacity: dict[Node, dict[Node, int]] = {source: {}, sink: {}}
    for r, c in cells:
        capacity.setdefault(("row", r), {})["column", c] = most
        capacity.setdefault(("column", c), {})["row", r] = grid[r][c]
    total = 0
    while total < most and (path := _path(capacity, source, sink)):
        step = min(capacity[a][b] for a, b in path)
        for a, b in path:
            capacity[a][b] -= step
            capacity[b][a] = capacity[b].get(a, 0) + step
        total += step
    return total


def _path(capacity: dict[Node, dict[Node, int]], source: Node, sink: Node) -> list[tuple[Node, Node]]:
    came: dict[Node, Node] = {source: source}
    waiting = deque([source])
    while waiting and sink not in came:
        here = waiting.popleft()
        for there, room in capacity[here].items():
            if room > 0 and there not in came:
                came[there] = here
                waiting.append(there)
    if sink not in came:
        return []
    path, here = [], sink
    while here != source:
        path.append((came[here], here))
        here = came[here]
    return path
