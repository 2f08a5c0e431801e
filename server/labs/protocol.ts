/**
 * Bodies of the lab API (`/api/labs`), as TypeBox schemas: the one source for validation, the
 * OpenAPI document and the browser's types. The browser imports types only.
 */
import { Type, type Static } from 'typebox';

/** File name to content (UTF-8). `server.js` runs in the sandbox, the others are served to the page. */
export const Files = Type.Record(Type.String({ maxLength: 100 }), Type.String());
export type Files = Static<typeof Files>;

/** A number or null, in a form in which validation does not take null for 0 (Ajv coerces the parts of a union). */
const NullableNumber = (options: { minimum: number; maximum?: number; description: string }) =>
  Type.Unsafe<number | null>({ type: 'number', nullable: true, ...options });

const NETWORK = {
  latencyMs: Type.Number({
    minimum: 0,
    maximum: 10_000,
    description: 'One-way delay, each direction, ms.',
  }),
  jitterMs: Type.Number({
    minimum: 0,
    maximum: 10_000,
    description: 'Random extra delay, each direction, 0 to this many ms; order is kept.',
  }),
  bandwidth: NullableNumber({
    minimum: 100,
    maximum: 1e9,
    description:
      'Bytes per second of the browser’s line, each direction, shared by all connections of the lab; null: unlimited.',
  }),
  proxy: Type.Union([Type.Literal('direct'), Type.Literal('buffering'), Type.Literal('idle-timeout')], {
    description:
      'What stands half-way (half of the latency on each side). buffering: holds the bytes of a response until there ' +
      'are proxyBufferBytes or the response ends; everything passes after a 101. idle-timeout: ends a connection on ' +
      'which nothing passed for proxyIdleMs, with a 504 first when a request is unanswered.',
  }),
  proxyBufferBytes: Type.Integer({
    minimum: 1,
    maximum: 1024 * 1024,
    description: 'Bytes that a buffering proxy holds of one response.',
  }),
  proxyIdleMs: Type.Number({
    minimum: 100,
    maximum: 600_000,
    description: 'After how much silence in both directions an idle-timeout proxy ends a connection, ms.',
  }),
  splitBytes: NullableNumber({
    minimum: 1,
    maximum: 65_536,
    description:
      'The knife: what the server code writes leaves it in pieces of at most this many bytes, whatever they are of; ' +
      'null: as it was written.',
  }),
  splitPauseMs: Type.Number({
    minimum: 1,
    maximum: 10_000,
    description: 'Time between one piece of the knife and the next, ms.',
  }),
};

/** A change of the network: what is not given stays. */
export const ConditionsBody = Type.Partial(Type.Object(NETWORK), { additionalProperties: false });
export type ConditionsBody = Static<typeof ConditionsBody>;

/** Body of `POST …/cut`; without one every open connection is reset now. */
export const CutBody = Type.Object(
  {
    mode: Type.Optional(
      Type.Union([Type.Literal('reset'), Type.Literal('silence')], {
        description:
          'reset (the default) is told to both sides; after silence nothing passes in either direction and neither is told.',
      }),
    ),
    connection: Type.Optional(
      Type.Integer({ minimum: 1, description: 'One connection only, by its number in the telemetry.' }),
    ),
    at: Type.Optional(
      NullableNumber({
        minimum: 0,
        description:
          'Lab time of the cut, ms, within the present run; at once when it is past. A call replaces the cut planned ' +
          'before, null only calls it off, and so does the end of the run.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type CutBody = Static<typeof CutBody>;

export const CutView = Type.Object({
  connections: Type.Integer({ description: 'How many connections were cut now.' }),
  planned: Type.Union([Type.Number(), Type.Null()], { description: 'Lab time of the cut to come, ms.' }),
});
export type CutView = Static<typeof CutView>;

/** Old browsers that the learner's page can be made to look like; `client/stage/legacy/profiles.ts` has what each had. */
export const Profile = Type.Union([
  Type.Literal('ie-6'),
  Type.Literal('ie-7'),
  Type.Literal('ie-8'),
  Type.Literal('ie-9'),
  Type.Literal('ie-10'),
  Type.Literal('firefox-3.6'),
  Type.Literal('chrome-14'),
  Type.Literal('safari-5'),
]);
export type Profile = Static<typeof Profile>;

const PROFILE = Type.Optional(
  Type.Union([Profile, Type.Null()], {
    description: 'The old browser that scripts of the page find themselves in; null: the browser as it is.',
  }),
);

/** Ports of a lab whose server is the room: one for each transport of a race. */
const ROOM_PORTS = 8;

export const CreateLabBody = Type.Object(
  {
    files: Files,
    page: Type.Optional(
      Type.Union([Type.Literal('same-origin'), Type.Literal('cross-origin'), Type.Literal('server')], {
        description:
          'Where the page comes from: index.html on the origin of the first port (the default), index.html on an ' +
          'origin of its own, or what the server code itself answers to GET / on the first port.',
      }),
    ),
    conditions: Type.Optional(ConditionsBody),
    profile: PROFILE,
    room: Type.Optional(
      Type.Object(
        { ports: Type.Integer({ minimum: 1, maximum: ROOM_PORTS }) },
        {
          additionalProperties: false,
          description:
            'The server of this lab is not server.js but the app’s room (see chat), on so many ports, in the order of ' +
            'the answer. Its page holds the room’s transports; ?profile= makes it that of an old browser.',
        },
      ),
    ),
  },
  { additionalProperties: false },
);
export type CreateLabBody = Static<typeof CreateLabBody>;

/** Body of `POST …/run`: files given here replace the lab's files first, so that edit and run are one call. */
export const RunBody = Type.Object(
  { files: Type.Optional(Files), conditions: Type.Optional(ConditionsBody), profile: PROFILE },
  { additionalProperties: false },
);
export type RunBody = Static<typeof RunBody>;

export const PutFilesBody = Type.Object({ files: Files }, { additionalProperties: false });
export type PutFilesBody = Static<typeof PutFilesBody>;

/** Bytes that can be sent by hand at once: Node's own limit for a request head. */
const EXCHANGE_BYTES = 16 * 1024;

/** Body of `POST …/exchange`. */
export const ExchangeBody = Type.Object(
  {
    port: Type.Integer({ minimum: 0, maximum: 65_535, description: 'The port that the code listens on.' }),
    base64: Type.String({
      minLength: 4,
      maxLength: 4 * Math.ceil(EXCHANGE_BYTES / 3),
      pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
      description: 'The bytes to send, 16 KiB at most; they are sent as they are.',
    }),
  },
  { additionalProperties: false },
);
export type ExchangeBody = Static<typeof ExchangeBody>;

export const ExchangeView = Type.Object({
  run: Type.Integer(),
  connection: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Its number in the telemetry; null when the code never saw it.',
  }),
  base64: Type.String({ description: 'What came back, 64 KiB at most.' }),
  end: Type.Union(
    [
      Type.Literal('open'),
      Type.Literal('closed'),
      Type.Literal('reset'),
      Type.Literal('silence'),
      Type.Literal('cut-off'),
    ],
    {
      description:
        'open: the head of an answer came and the connection stayed open, until it was hung up. closed, reset: by the ' +
        'other side. silence: no whole head came in time. cut-off: there was more than 64 KiB.',
    },
  ),
  ms: Type.Number({ description: 'From the first byte sent to the last one received, or to the end.' }),
});
export type ExchangeView = Static<typeof ExchangeView>;

export const LabView = Type.Object({
  id: Type.String(),
  /** Counts runs of this lab from 1. */
  run: Type.Integer(),
  state: Type.Union([
    Type.Literal('starting'),
    Type.Literal('listening'),
    Type.Literal('running'),
    Type.Literal('stopped'),
    Type.Literal('failed'),
  ]),
  /** Null while no port is open: there is no origin to serve the page from. */
  page: Type.Union([Type.Object({ url: Type.String() }), Type.Null()]),
  ports: Type.Array(Type.Object({ port: Type.Integer(), url: Type.String() })),
  /** Of a lab whose server is the room: lab time 0 as the room's events give it (`at`). */
  room: Type.Union([Type.Object({ at: Type.Number() }), Type.Null()]),
});
export type LabView = Static<typeof LabView>;

/** Answer to `POST /api/labs`: only here the token is told. */
export const CreatedLabView = Type.Object({ ...LabView.properties, token: Type.String() });
export type CreatedLabView = Static<typeof CreatedLabView>;

export const ConditionsView = Type.Object(NETWORK);
export type ConditionsView = Static<typeof ConditionsView>;

export const ClockView = Type.Object({ run: Type.Integer(), t: Type.Number() });
export type ClockView = Static<typeof ClockView>;

const Position = Type.Object({ file: Type.String(), line: Type.Integer(), column: Type.Integer() });

/** Every error body of the API. */
export const ErrorView = Type.Object({
  code: Type.String(),
  message: Type.String(),
  file: Type.Optional(Type.String()),
  line: Type.Optional(Type.Integer()),
  column: Type.Optional(Type.Integer()),
  params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  stack: Type.Optional(Type.Array(Position)),
});
export type ErrorView = Static<typeof ErrorView>;
