/** The least a sandbox needs around it: no sockets, no attribution, no events. For figures of the sandbox alone. */
import type { SandboxHost, SandboxListener } from '../../server/sandbox/contract.ts';

export class BareHost implements SandboxHost {
  /** Settles when the run has ended. */
  readonly over: Promise<void>;
  ended!: () => void;

  constructor() {
    this.over = new Promise((resolve) => (this.ended = resolve));
  }

  async listen(port: number): Promise<SandboxListener & { port: number }> {
    return { port, close: () => undefined };
  }

  attribute(_call: unknown, work: () => void): void {
    work();
  }

  event(): void {}
}
