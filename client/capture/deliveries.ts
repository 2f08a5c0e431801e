/**
 * What the learner's code follows from end to end: marks (User Timing) of one name, set on the server
 * when it happened and in the page when it was handled. The first mark of a name counts.
 */
import type { SourcePosition } from '#protocol/errors';
import { Ledger, type Entry } from './ledger.ts';
import type { Delivery } from './run.ts';

interface Mark {
  t: number;
  name: string;
  at?: SourcePosition;
}

export class Deliveries {
  readonly ledger = new Ledger<Delivery>((delivery) => delivery.created ?? delivery.handled ?? 0);
  #byName = new Map<string, Entry<Delivery>>();

  createdOnServer({ t, name, at }: Mark): void {
    const entry = this.#named(name, t);
    if (entry.value.created !== null) return;
    this.ledger.change(entry, { created: t, createdAt: at });
  }

  /** Returns false when the name was already handled: a second mark changes nothing. */
  handledInPage({ t, name, at }: Mark): boolean {
    const entry = this.#named(name, t);
    if (entry.value.handled !== null) return false;
    this.ledger.change(entry, { handled: t, handledAt: at });
    return true;
  }

  /** The message that carried it became known. */
  carried(name: string, message: string): void {
    const entry = this.#byName.get(name);
    if (entry) this.ledger.change(entry, { message });
  }

  /** Forgets those that were over before `horizon`. */
  forget(horizon: number): number {
    return this.ledger.retain((delivery) => {
      const over = Math.max(delivery.created ?? 0, delivery.handled ?? 0) < horizon;
      if (over) this.#byName.delete(delivery.name);
      return !over;
    });
  }

  #named(name: string, t: number): Entry<Delivery> {
    const known = this.#byName.get(name);
    if (known) return known;
    // Its place in the list is that of its first mark.
    const entry = this.ledger.add({
      name,
      label: labelOf(name),
      created: null,
      handled: t,
      message: null,
    });
    this.ledger.change(entry, { handled: null });
    this.#byName.set(name, entry);
    return entry;
  }
}

/** What fits a box of two or three letters: `message 12` is `12`, `tick` is `tic`. */
export function labelOf(name: string): string {
  return /\d+$/.exec(name)?.[0] ?? [...name].slice(0, 3).join('');
}
