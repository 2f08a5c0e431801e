/** What keeps the program alive: open ports, timers. At zero only a connection could call it again. */
import { MAILBOX } from '../protocol.ts';
import { mailbox } from './bridge.ts';

export function hold(): void {
  mailbox[MAILBOX.references]! += 1;
}

export function release(): void {
  mailbox[MAILBOX.references]! -= 1;
}
