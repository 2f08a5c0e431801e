/** The stave that every glyph is written on, in units of its view box. Time runs left to right. */
export const STAVE = {
  width: 220,
  height: 112,
  /** The rail of the browser and the rail of the server. */
  browser: 30,
  server: 86,
  /** Where a wall between two origins stands. */
  wall: 58,
  /** How far a stroke runs to the right while it crosses: its latency. */
  trip: 22,
} as const;

/** When a response lands whose request left at once after another landed: there, and back. */
export const ROUND_TRIP = 2 * STAVE.trip;
