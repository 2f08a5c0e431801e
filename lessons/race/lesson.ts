import type { LessonInfo, RaceFacts, WireFacts } from '../index.ts';

/** One technique in the last race. */
const lane = (wire: WireFacts, technique: string) =>
  wire.race?.lanes.find((each) => each.technique === technique);

/** A race of these conditions was run, and this technique was in it. */
const raced = (wire: WireFacts, technique: string, holds: (race: RaceFacts) => boolean) =>
  wire.race != null && (lane(wire, technique)?.arrived ?? 0) > 0 && holds(wire.race);

const time = (ms: number | null | undefined) =>
  ms == null ? null : ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;

export const lesson: LessonInfo = {
  id: 'race',
  order: 13,
  group: 'choose',
  title: { en: 'The race', 'zh-CN': '竞速' },
  minutes: 15,
  stage: 'race',
  page: 'same-origin',
  latencyMs: 200,
  promises: {},
  figures: {
    'polling-median': (wire) => time(lane(wire, 'polling')?.medianMs),
    'polling-formula': (wire) => time(lane(wire, 'polling')?.formulaMs),
    'long-polling-median': (wire) => time(lane(wire, 'long-polling')?.medianMs),
    'long-polling-longest': (wire) => time(lane(wire, 'long-polling')?.longestMs),
    'sse-longest': (wire) => time(lane(wire, 'sse')?.longestMs),
    'websocket-median': (wire) => time(lane(wire, 'websocket')?.medianMs),
    'websocket-longest': (wire) => time(lane(wire, 'websocket')?.longestMs),
    'long-polling-bytes': (wire) => bytes(lane(wire, 'long-polling')?.bytes),
    'polling-bytes': (wire) => bytes(lane(wire, 'polling')?.bytes),
    'websocket-bytes': (wire) => bytes(lane(wire, 'websocket')?.bytes),
    'polling-empty': (wire) => {
      const polling = lane(wire, 'polling');
      return polling ? `${polling.empty}/${polling.requests}` : null;
    },
  },
  steps: [
    {
      id: 'one-clock',
      title: { en: 'One clock', 'zh-CN': '同一个时钟' },
      question: {
        options: ['100-ms', '1200-ms', '2400-ms'],
        answer: '1200-ms',
        shown: (wire) =>
          raced(wire, 'polling', (race) => race.pollIntervalMs === 2_000 && race.latencyMs === 200),
      },
    },
    {
      id: 'nobody-asks',
      title: { en: 'While nobody asks', 'zh-CN': '没人在问的时候' },
      network: [{ id: 'in-bursts', race: { schedule: 'bursts' } }],
      question: {
        options: ['first', 'second', 'all'],
        answer: 'second',
        shown: (wire) => raced(wire, 'long-polling', (race) => race.schedule === 'bursts'),
      },
    },
    {
      id: 'no-latency',
      title: { en: 'Without the distance', 'zh-CN': '没有距离' },
      network: [{ id: 'near', conditions: { latencyMs: 0 } }],
      question: {
        options: ['polling', 'long-polling', 'websocket'],
        answer: 'polling',
        shown: (wire) => raced(wire, 'polling', (race) => race.latencyMs === 0),
      },
    },
    {
      id: 'silence',
      title: { en: 'The price of silence', 'zh-CN': '沉默的代价' },
      network: [{ id: 'mostly-silent', race: { schedule: 'silence', pollIntervalMs: 500 } }],
      question: {
        options: ['polling', 'long-polling', 'websocket'],
        answer: 'polling',
        shown: (wire) =>
          raced(wire, 'polling', (race) => race.schedule === 'silence' && race.pollIntervalMs <= 500),
      },
    },
    {
      id: 'cut',
      title: { en: 'After a cut', 'zh-CN': '断线之后' },
      network: [{ id: 'cut-at-4-s', cutAt: 4_000 }],
      question: {
        options: ['none', 'stream', 'all'],
        answer: 'none',
        shown: (wire) => raced(wire, 'sse', ({ lanes }) => lanes.some(({ cuts }) => cuts > 0)),
      },
    },
    {
      id: 'proxy',
      title: { en: 'A proxy that waits', 'zh-CN': '会等的代理' },
      network: [{ id: 'buffering-proxy', conditions: { proxy: 'buffering' } }],
      question: {
        options: ['polls', 'streams', 'websocket'],
        answer: 'streams',
        shown: (wire) => wire.race?.proxy === 'buffering' && (lane(wire, 'polling')?.arrived ?? 0) > 0,
      },
    },
    {
      id: 'six',
      title: { en: 'The browser’s six', 'zh-CN': '浏览器的六条' },
      network: [
        {
          id: 'one-origin',
          race: {
            origins: 'one',
            techniques: [
              'polling',
              'long-polling',
              'xhr-streaming',
              'forever-iframe',
              'htmlfile',
              'sse',
              'cors',
              'jsonp',
            ],
          },
        },
      ],
      question: {
        options: ['slower', 'never', 'error'],
        answer: 'never',
        shown: (wire) => wire.race?.oneOrigin === true && wire.race.lanes.some(({ blocked }) => blocked),
      },
    },
    { id: 'choose', title: { en: 'Choosing', 'zh-CN': '怎么选' } },
  ],
};

function bytes(value: number | undefined): string | null {
  return value === undefined ? null : `${String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009')} B`;
}
