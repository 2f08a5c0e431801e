/**
 * Where each transport of a lab whose server is the room has its page and its connection: a port for each, so that
 * none takes another's connections.
 */
import type { Technique } from '#protocol/chat';
import { TRANSPORTS } from './techniques.ts';

export interface Lane {
  technique: Technique;
  /** Of the port that it connects to. */
  port: number;
  /** Of the page that holds it. */
  pageUrl: string;
  /** Of the room, for `ConnectionOptions`: empty when it is the page's own. */
  origin: string;
}

/**
 * One lane for each technique, on the ports in their order; one that is there for crossing origins has its page on
 * the next port. A lab for one technique has two ports.
 *
 * @param run number of the lab's run, whose page it is.
 */
export function lanesOf(
  techniques: readonly Technique[],
  { run, ports }: { run: number; ports: readonly { port: number; url: string }[] },
): Lane[] {
  return techniques.map((technique, index) => {
    const { crossOrigin, emulates } = TRANSPORTS[technique].capabilities;
    const own = ports[index]!;
    const page = crossOrigin ? ports[(index + 1) % ports.length]! : own;
    const query = emulates === null ? '' : `?profile=${emulates}`;
    return {
      technique,
      port: own.port,
      pageUrl: `${page.url}/.lab/${run}/${query}`,
      origin: page === own ? '' : own.url,
    };
  });
}

/** Ports that a lab for so many techniques needs. */
export function portsFor(techniques: number): number {
  return Math.max(2, techniques);
}
