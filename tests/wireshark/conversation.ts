/** One recorded run: a server program, what clients say to it, and the network between. */
import type { ConditionsBody, CutBody } from '../../server/labs/protocol.ts';

export interface Conversation {
  name: string;
  /** `server.js` of the lab. */
  program: string;
  conditions?: ConditionsBody;
  /** Resolves when it is over; every connection then ends by itself. */
  talk(origin: string, lab: { cut(body: CutBody): Promise<unknown> }): Promise<void>;
}
