import type { Run, WireMessage } from '../../capture/run.ts';
import { isHttpMessage } from '../../dissect/records.ts';
import { metricsOf } from '../../diagram/index.ts';
import type { Bridge } from '../bridge.ts';

/** An answer with at most this many bytes of body says "nothing": `[]`. */
const EMPTY_BODY_BYTES = 2;

/** The figures of a run that prose quotes, as text; those that cannot be told yet are missing. */
export function figuresOf(run: Run): Bridge['figures'] {
  const { medianDelay, overhead } = metricsOf(run);
  const answers = [...run.messages].filter(isAnswer);
  const figures: Bridge['figures'] = {};
  if (medianDelay !== null) figures['median-delay'] = `${grouped(Math.round(medianDelay))} ms`;
  if (overhead !== null) figures.overhead = percent(overhead);
  if (run.connections.length > 0) figures.connections = grouped(run.connections.length);
  if (answers.length > 0) figures.empty = percent(answers.filter(isEmpty).length / answers.length);
  return figures;
}

const isAnswer = ({ direction, record }: WireMessage) =>
  direction === 'down' && record.kind === 'response' && record.complete;

function isEmpty({ record }: WireMessage): boolean {
  if (!isHttpMessage(record)) return false;
  if (record.body.framing === 'none') return true;
  return record.body.framing === 'content-length' && record.body.length <= EMPTY_BODY_BYTES;
}

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** Thousands apart by a thin space. */
const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');
