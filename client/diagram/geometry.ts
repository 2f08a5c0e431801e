/** Where things stand in the band, px from its top. The lesson page draws the leads into the rails from this. */
export interface WireGeometry {
  /** Height of the ruler. */
  ruler: number;
  yBrowser: number;
  yServer: number;
  height: number;
  /** Side of a delivery's box. */
  box: number;
  /** The line on which a dimension is drawn. */
  yDimension: number;
  /** A second page has a rail of its own, below the server's: what one page sends on reads A, server, B. */
  second?: { page: string; y: number };
}

export const WIRE_GEOMETRY: WireGeometry = {
  ruler: 22,
  yBrowser: 78,
  yServer: 190,
  height: 262,
  box: 17,
  yDimension: 249,
};

export const COMPACT_GEOMETRY: WireGeometry = { ...WIRE_GEOMETRY, height: 288, yDimension: 272 };

/** The live miniature in a phone's bottom bar: rails and strokes, no ruler, no lanes. */
export const MINI_GEOMETRY: WireGeometry = {
  ruler: 0,
  yBrowser: 10,
  yServer: 38,
  height: 48,
  box: 0,
  yDimension: 48,
};

/** For a run with two pages: A above the server, B below it. */
export function withSecondPage(geometry: WireGeometry, page: string): WireGeometry {
  if (geometry.ruler === 0) return geometry;
  const yBrowser = geometry.yBrowser - 12;
  const yServer = yBrowser + 70;
  return { ...geometry, yBrowser, yServer, second: { page, y: yServer + 70 } };
}

/** The rail of one end of the wire, px from the top. */
export function yOf(
  geometry: WireGeometry,
  side: 'browser' | 'server',
  page: string | null | undefined,
): number {
  if (side === 'server') return geometry.yServer;
  return geometry.second && geometry.second.page === page ? geometry.second.y : geometry.yBrowser;
}
