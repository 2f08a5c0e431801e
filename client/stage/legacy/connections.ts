/** Called when a connection is free, at once or later. */
type Start = () => void;

/** The connections of a browser to one host after the other, where it had fewer than the one of today. */
export interface Connections {
  /**
   * Asks for a connection to the host of `url`; requests wait in the order in which they asked.
   *
   * @returns What gives it back, or leaves the queue; further calls do nothing.
   */
  take(url: string, start: Start): () => void;
}

/** @param most Requests under way to one host. */
export function createConnections(most: number): Connections {
  const hosts = new Map<string, { underWay: number; waiting: Set<Start> }>();

  return {
    take(url, start) {
      const { host } = new URL(url);
      const queue = hosts.get(host) ?? { underWay: 0, waiting: new Set<Start>() };
      hosts.set(host, queue);
      let isOver = false;
      let isUnderWay = false;
      const begin: Start = () => {
        isUnderWay = true;
        queue.underWay++;
        start();
      };

      function giveBack(): void {
        if (isOver) return;
        isOver = true;
        queue.waiting.delete(begin);
        if (!isUnderWay) return;
        queue.underWay--;
        const [next] = queue.waiting;
        if (!next) return;
        queue.waiting.delete(next);
        next();
      }

      if (queue.underWay < most) begin();
      else queue.waiting.add(begin);
      return giveBack;
    },
  };
}
