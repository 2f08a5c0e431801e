/**
 * All labs of this server: makes them, finds them, ends those nobody uses.
 */
import type { Caller } from '../access/index.ts';
import { monotonicMs } from '../clock.ts';
import { CodedError } from '../errors/index.ts';
import { KeptBudget } from '../telemetry/index.ts';
import { Lab, type LabServices, type LabSpec } from './lab.ts';
import { FILES, FILES_BYTES, IDLE_MS, LABS } from './limits.ts';

export class Labs {
  readonly #labs = new Map<string, Lab>();
  readonly #services: LabServices;
  readonly #kept = new KeptBudget();
  readonly #sweep: NodeJS.Timeout;
  readonly #now: () => number;

  /** `now`: monotonic ms; given in tests. */
  constructor(services: LabServices, now: () => number = monotonicMs) {
    this.#services = services;
    this.#now = now;
    this.#sweep = setInterval(() => this.endIdle(), IDLE_MS / 10).unref();
  }

  get size(): number {
    return this.#labs.size;
  }

  /** @throws CodedError LAB_LIMIT, FILES_TOO_LARGE, FILE_NAME_REFUSED, SYNTAX_ERROR. */
  async create(spec: LabSpec, caller: Caller): Promise<Lab> {
    if (this.#labs.size >= LABS) throw new CodedError('LAB_LIMIT', { params: { limit: LABS } });
    checkFiles(spec.files);
    const lab = new Lab(this.#services, spec, caller, this.#kept);
    lab.lastUsed = this.#now();
    this.#labs.set(lab.id, lab);
    try {
      await lab.start();
    } catch (error) {
      this.delete(lab);
      throw error;
    }
    return lab;
  }

  /** @throws CodedError LAB_NOT_FOUND; TOKEN_REFUSED when `token` is not this lab's. */
  find(id: string, token: string | undefined): Lab {
    const lab = this.#labs.get(id);
    if (lab === undefined) throw new CodedError('LAB_NOT_FOUND');
    if (token === undefined || !lab.holdsToken(token)) throw new CodedError('TOKEN_REFUSED');
    lab.lastUsed = this.#now();
    return lab;
  }

  delete(lab: Lab): void {
    this.#labs.delete(lab.id);
    lab.dispose();
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const lab of [...this.#labs.values()]) this.delete(lab);
  }

  /** Ends and forgets labs that nobody watches, calls or connects to. */
  endIdle(): void {
    const now = this.#now();
    for (const lab of this.#labs.values()) {
      const used = lab.channel.subscribers > 0 || lab.connections > 0;
      if (used) lab.lastUsed = now;
      else if (now - lab.lastUsed > IDLE_MS) this.delete(lab);
    }
  }
}

/** Plain relative names, no way out of the lab's folder, none of the platform's. */
const FILE_NAME = /^(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)*$/;

/** @throws CodedError FILES_TOO_LARGE, FILE_NAME_REFUSED. */
export function checkFiles(files: Record<string, string>): void {
  const names = Object.keys(files);
  const refused = names.find((name) => !FILE_NAME.test(name) || name === '__proto__');
  if (refused !== undefined) throw new CodedError('FILE_NAME_REFUSED', { params: { name: refused } });
  const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (names.length > FILES || bytes > FILES_BYTES) {
    throw new CodedError('FILES_TOO_LARGE', { params: { bytes: FILES_BYTES, files: FILES } });
  }
}
