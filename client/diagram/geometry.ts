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
