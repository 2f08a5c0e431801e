/**
 * Delay and load as they follow from latency and habit: in closed form, for messages that come at random
 * (a Poisson process), with no time spent in server or page.
 *
 * Times in ms; `d` is the latency of one way, so that a round trip takes 2 d.
 */

/**
 * Polling, when the timer starts after the answer: the period is `interval + 2 d`. A message waits for the next poll to
 * reach the server, any time up to a period, and then for the answer's way.
 */
export function pollingDelay(d: number, interval: number): { mean: number; max: number; sd: number } {
  const period = interval + 2 * d;
  return { mean: period / 2 + d, max: period + d, sd: period / Math.sqrt(12) };
}

/** Share of polls that are answered with nothing. @param rate messages per ms. */
export function emptyPolls(d: number, interval: number, rate: number): number {
  return Math.exp(-rate * (interval + 2 * d));
}

/**
 * Long polling: an answer and the next request are a round trip on their way, the gap G, in which nobody is asking. A
 * message that comes then waits for what is left of it.
 *
 * @param rate messages per ms. @param turn time in the page between an answer and the next request.
 */
export function longPollingDelay(d: number, rate: number, turn = 0): { mean: number; max: number } {
  const gap = 2 * d + turn;
  const load = rate * gap;
  const wait = load === 0 ? 0 : (rate * gap * gap) / (2 * (load + Math.exp(-load)));
  return { mean: d + wait, max: d + gap };
}

/** Answers of long polling per ms: never more than one in a gap. */
export function longPollingAnswers(d: number, rate: number, turn = 0): number {
  const gap = 2 * d + turn;
  return 1 / (gap + Math.exp(-rate * gap) / rate);
}

/** What holds its connection open has no more to wait for than the way. */
export function streamingDelay(d: number): { mean: number; max: number } {
  return { mean: d, max: d };
}
