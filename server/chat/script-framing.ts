/** Events as scripts that call a function of the page around them: the forever frame's framing, and JSONP's text. */
import type { Framing } from './fan-out.ts';

/**
 * JSON as it may stand in a script element: `</script>` would end it, and U+2028 and U+2029 ended a line of
 * JavaScript before ES2019.
 */
export function scriptSafe(json: string): string {
  return json.replace(/[<\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const framings = new Map<string, Framing>();
/** Pages choose the function's name; they all choose one of a few. */
const MOST_FRAMINGS = 100;

/** One script element for each event: each runs as soon as its end tag has come. */
export function scriptFraming(callback: string): Framing {
  let framing = framings.get(callback);
  if (framing === undefined) {
    framing = {
      name: `script ${callback}`,
      frame: (events) =>
        Buffer.from(
          events.map(({ json }) => `<script>parent.${callback}(${scriptSafe(json)})</script>\n`).join(''),
        ),
      heartbeat: Buffer.from(`<script>parent.${callback}()</script>\n`),
    };
    if (framings.size < MOST_FRAMINGS) framings.set(callback, framing);
  }
  return framing;
}
