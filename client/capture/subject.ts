import type { Entry } from './ledger.ts';
import type { ConsoleRow } from './run.ts';
import type { MessageKey } from './table/message-table.ts';

/**
 * What was said of one message before it was known which: lane words, console rows, names of deliveries. They
 * wait here until it is.
 */
export class Subject {
  /** In whose lane the words are. */
  readonly side: 'page' | 'server';
  message: MessageKey | null = null;
  /** Numbers of lane words. */
  words: number[] = [];
  rows: Entry<ConsoleRow>[] = [];
  deliveries: string[] = [];

  constructor(side: 'page' | 'server' = 'page') {
    this.side = side;
  }
}
