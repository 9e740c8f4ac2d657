"""Postcode points to districts of hexagonal cells (make time only: needs numpy, scipy and shapely).

Each cell goes to the district of most of its postcodes, an empty one to that of the
nearest postcode. Land is whatever lies near a postcode, rounded off, with the holes
filled: moors are holes, estuaries are open to the sea. The corners of the cells stand
on a lattice of whole numbers, so that the edges of neighbours are the same edges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from scipy.ndimage import distance_transform_edt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

Array: TypeAlias = npt.NDArray[Any]

WIDE, HIGH, TIP = 14, 12, 4  # lattice steps: a cell's width, the pitch of rows, and how far its tips rise
CORNERS = np.array([(0, 8), (7, TIP), (7, -TIP), (0, -8), (-7, -TIP), (-7, TIP)])
SEA = -1


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the shapes are made; all in km but `speck`, in cells."""

    cell: float = 0.5  # a hexagon's width
    reach: float = 1.5  # land goes so far from a postcode: twice this closes the Solent and the Humber
    back: float = 1.2  # less this at the coast
    speck: int = 40  # a part of fewer cells is no part of its district, unless it has no larger
    smooth: float = 0.9  # wiggles smaller than about this are straightened

    @property
    def step(self) -> float:
        """Km of one lattice step."""
        return self.cell / WIDE


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells over all points: `rows` × `columns`, the first row's middle at `south`, in lattice steps."""

    west: int
    south: int
    rows: int
    columns: int

    def middles(self) -> Array:
        """(rows × columns, 2) cell middles in lattice steps; odd rows stand half a cell to the east."""
        row, column = np.divmod(np.arange(self.rows * self.columns), self.columns)
        return np.column_stack((self.west + WIDE * column + WIDE // 2 * (row % 2), self.south + HIGH * row))

    def cells_of(self, points: Array) -> Array:
        """The flat number of each point's cell: the nearer of the two rows it lies between."""
        lower = np.floor((points[:, 1] - self.south) / HIGH).astype(int)
        best, nearest = np.zeros(len(points), int), np.full(len(points), np.inf)
        for row in (lower, lower + 1):
            column = np.rint((points[:, 0] - self.west - WIDE // 2 * (row % 2)) / WIDE).astype(int)
            middle = self.west + WIDE * column + WIDE // 2 * (row % 2), self.south + HIGH * row
            away = (points[:, 0] - middle[0]) ** 2 + (points[:, 1] - middle[1]) ** 2
            best = np.where(away < nearest, row * self.columns + column, best)
            nearest = np.minimum(nearest, away)
        return best


def districts_of_cells(
    points: Array, codes: Array, wanted: Sequence[bool], recipe: Recipe
) -> Mapping[int, Any]:
    """One shape (shapely, in lattice steps) for each wanted code.

    `points` (n, 2) in lattice steps, `codes` (n,) indexes into `wanted`; the codes not
    wanted only bound the others.
    """
    grid = _grid_over(points, recipe)
    own = _majority(grid, points, codes)
    land = _land(grid, own >= 0, recipe)
    tree = KDTree(points)
    middles = grid.middles()
    empty = np.flatnonzero(land & (own < 0))
    own[empty] = codes[tree.query(middles[empty])[1]]
    own[~land] = SEA
    _drop_specks(grid, own, middles, recipe.speck)
    return _simplified(own, middles, wanted, recipe)


def _grid_over(points: Array, recipe: Recipe) -> Grid:
    margin = 2 * int(recipe.reach / recipe.step) + 4 * WIDE
    low, high = points.min(axis=0).astype(int) - margin, points.max(axis=0).astype(int) + margin
    west, south = int(low[0]) // WIDE * WIDE, int(low[1]) // (2 * HIGH) * (2 * HIGH)
    return Grid(west, south, (int(high[1]) - south) // HIGH + 1, (int(high[0]) - west) // WIDE + 1)


def _majority(grid: Grid, points: Array, codes: Array) -> Array:
    """The commonest code of each cell's postcodes, the lowest of equals; SEA where there is none."""
    pairs, count = np.unique(np.column_stack((grid.cells_of(points), codes)), axis=0, return_counts=True)
    order = np.lexsort((pairs[:, 1], -count, pairs[:, 0]))
    cells, first = np.unique(pairs[order, 0], return_index=True)
    own = np.full(grid.rows * grid.columns, SEA)
    own[cells] = pairs[order][first, 1]
    return own


def _land(grid: Grid, lived_in: Array, recipe: Recipe) -> Array:
    """Cells near a postcode, with the holes filled, pulled back from the sea; all as flat booleans."""
    sampling = (recipe.step * HIGH, recipe.cell)  # a row's and a column's km; odd rows' half step left out
    flat = lived_in.reshape(grid.rows, grid.columns)
    near = distance_transform_edt(~flat, sampling=sampling) <= recipe.reach
    group = _groups(grid, near.ravel().astype(int))
    near = (near.ravel() | (group != group[0])).reshape(flat.shape)  # the first cell is in the open sea
    kept = distance_transform_edt(near, sampling=sampling) > recipe.back
    return np.asarray((kept | flat).ravel())


def _neighbours(grid: Grid) -> Array:
    """(m, 2) flat numbers of cells side by side, each pair once: east, and the two to the north."""
    row, column = np.divmod(np.arange(grid.rows * grid.columns), grid.columns)
    pairs = []
    for rows, columns in ((0, np.ones_like(row)), (1, row % 2), (1, row % 2 - 1)):
        r, c = row + rows, column + columns
        inside = (r < grid.rows) & (c >= 0) & (c < grid.columns)
        pairs.append(np.column_stack((np.flatnonzero(inside), (r * grid.columns + c)[inside])))
    return np.concatenate(pairs)


def _groups(grid: Grid, values: Array) -> Array:
    """A number for each connected patch of cells of one value."""
    pairs = _neighbours(grid)
    pairs = pairs[values[pairs[:, 0]] == values[pairs[:, 1]]]
    size = len(values)
    graph = coo_array((np.ones(len(pairs), bool), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1])


def _drop_specks(grid: Grid, own: Array, middles: Array, speck: int) -> None:
    """Give the small patches of a district to whatever lies nearest, in place; its largest stays."""
    group = _groups(grid, own)
    patches, first, size = np.unique(group, return_index=True, return_counts=True)
    code = own[first]
    largest = {int(c): int(s) for s, c in sorted(zip(size.tolist(), code.tolist(), strict=True))}
    keep = (size >= speck) | [s == largest[c] for s, c in zip(size.tolist(), code.tolist(), strict=True)]
    lost = ~keep[np.searchsorted(patches, group)]
    tree = KDTree(middles[~lost])
    own[lost] = own[~lost][tree.query(middles[lost])[1]]


def _simplified(own: Array, middles: Array, wanted: Sequence[bool], recipe: Recipe) -> Mapping[int, Any]:
    """Cells joined to shapes, and all shapes' common edges straightened together."""
    found = np.unique(own[own >= 0]).tolist()
    shapes = [
        shapely.coverage_union_all(shapely.polygons(middles[own == code][:, None, :] + CORNERS))
        for code in found
    ]
    smooth = shapely.coverage_simplify(shapes, recipe.smooth / recipe.step)
    return {code: shapely.normalize(shape) for code, shape in zip(found, smooth, strict=True) if wanted[code]}
