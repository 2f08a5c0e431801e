/**
 * The room and the techniques by which it is reached: the contract of `/api/chat`, on the app's origin and on the
 * origins of labs whose server is the room.
 *
 * In: requests of members, sent by whatever technique. Out: `RoomEvent`s, the same over every technique.
 * Knows nothing of how the room keeps them. Bodies are TypeBox schemas (validation, OpenAPI, types); the browser
 * imports types only, and `TECHNIQUES`.
 *
 * Clock: every `at` is in ms since 1970, fractions kept; it is read from the server's monotonic clock, so that
 * differences hold.
 */
import { Type, type Static } from 'typebox';

/** How a page can be told of what happens. Each names a file in `server/chat/transports` and `client/chat/transports`, and a lesson. */
export const TECHNIQUES = [
  'polling',
  'long-polling',
  'xhr-streaming',
  'forever-iframe',
  'htmlfile',
  'sse',
  'cors',
  'xdomainrequest',
  'jsonp',
  'websocket',
] as const;
export type Technique = (typeof TECHNIQUES)[number];

const TechniqueName = Type.Unsafe<Technique>({
  type: 'string',
  enum: [...TECHNIQUES],
  description: 'The technique of the page that sent it.',
});

/** `<epoch>-<sequence number>`: the place of an event in the room's history. A room that begins anew has another epoch. */
export const CURSOR = '^[a-z0-9]{1,16}-[0-9]{1,15}$';
const Cursor = Type.String({ pattern: CURSOR });

/** The name of a function that JSONP and the forever frame call: an identifier, perhaps of an object. */
export const CALLBACK = '^[A-Za-z_$][\\w$]{0,63}(\\.[A-Za-z_$][\\w$]{0,63}){0,3}$';

export const RoomName = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,39}$',
  description: 'Name of the room.',
});

/** Characters of a message; a figure with its unit in every language. */
export const TEXT_LENGTH = 2_000;
export const NAME_LENGTH = 40;

export const MemberView = Type.Object({
  /** From 1 in each room. */
  id: Type.Integer(),
  name: Type.String(),
});
export type MemberView = Static<typeof MemberView>;

const stamped = { id: Cursor, at: Type.Number({ description: 'When it was published, ms since 1970.' }) };

export const MessageEvent = Type.Object({
  type: Type.Literal('message'),
  ...stamped,
  from: MemberView,
  /** Absent when it was sent by something else than a page of the app. */
  via: Type.Optional(TechniqueName),
  text: Type.String(),
});
export const JoinedEvent = Type.Object({ type: Type.Literal('joined'), ...stamped, member: MemberView });
export const LeftEvent = Type.Object({ type: Type.Literal('left'), ...stamped, member: MemberView });
/**
 * What was asked for is not kept any more: `lost` events; null when nobody knows how many, because the cursor is of
 * another epoch. Its `id` is that of the last event that is missing. It is no part of the history.
 */
export const GapEvent = Type.Object({
  type: Type.Literal('gap'),
  ...stamped,
  lost: Type.Union([Type.Integer(), Type.Null()]),
});

export const RoomEvent = Type.Union([MessageEvent, JoinedEvent, LeftEvent, GapEvent]);
export type RoomEvent = Static<typeof RoomEvent>;

/** An event before it has its place. */
export type NewEvent =
  | Omit<Static<typeof MessageEvent>, 'id' | 'at'>
  | Omit<Static<typeof JoinedEvent>, 'id' | 'at'>
  | Omit<Static<typeof LeftEvent>, 'id' | 'at'>;

/** The answer to a poll. `cursor` is what to ask with next. */
export const PollView = Type.Object({ cursor: Cursor, events: Type.Array(RoomEvent) });
export type PollView = Static<typeof PollView>;

export const RoomView = Type.Object({
  room: RoomName,
  cursor: Cursor,
  members: Type.Array(MemberView),
  /** Of the server's clock, as in `at`. */
  now: Type.Number(),
});
export type RoomView = Static<typeof RoomView>;

export const JoinBody = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: NAME_LENGTH, pattern: '\\S' }) },
  { additionalProperties: false },
);
export type JoinBody = Static<typeof JoinBody>;

export const JoinedView = Type.Object({
  ...RoomView.properties,
  member: MemberView,
  key: Type.String({ description: 'Says who sends; told only here.' }),
});
export type JoinedView = Static<typeof JoinedView>;

const sent = {
  key: Type.String({ maxLength: 64, description: 'The member’s key.' }),
  text: Type.String({ minLength: 1, maxLength: TEXT_LENGTH }),
  seq: Type.Integer({
    minimum: 1,
    description:
      'Counts what this member sends, from 1. Whoever sends again because no answer came uses the same number: the room publishes it once.',
  }),
  via: Type.Optional(TechniqueName),
};
export const SendBody = Type.Object(sent, { additionalProperties: false });
export type SendBody = Static<typeof SendBody>;

export const LeaveBody = Type.Object({ key: sent.key }, { additionalProperties: false });

/** `id` is the message's place in the history. */
export const SentView = Type.Object({ seq: Type.Integer(), id: Cursor });
export type SentView = Static<typeof SentView>;

/** Common to every way of receiving. */
const receiving = {
  after: Type.Optional(
    Type.String({
      pattern: CURSOR,
      description: 'The last event that was received; all that is kept when absent.',
    }),
  ),
  key: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'Of the member who listens: it stays present as long as it does.',
    }),
  ),
  /** Old browsers cache what they should not: a number that is never the same. */
  t: Type.Optional(
    Type.String({ maxLength: 32, description: 'Ignored: makes the address a new one for old caches.' }),
  ),
};
export const ReceiveQuery = Type.Object(receiving);
export type ReceiveQuery = Static<typeof ReceiveQuery>;

const callback = Type.String({
  pattern: CALLBACK,
  description: 'Function that is called with what happened.',
});
export const CallbackQuery = Type.Object({ ...receiving, callback });
export type CallbackQuery = Static<typeof CallbackQuery>;

export const JsonpSendQuery = Type.Object({ ...sent, callback, t: receiving.t });

export const HoldQuery = Type.Object({
  ...receiving,
  timeout: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 60, description: 'Longest time the request is held, s.' }),
  ),
});

/** Over a WebSocket, browser to server. */
export const SendFrame = Type.Object(
  { type: Type.Literal('send'), seq: sent.seq, text: sent.text, via: sent.via },
  { additionalProperties: false },
);
export type SendFrame = Static<typeof SendFrame>;

/** Over a WebSocket, server to browser, beside `RoomEvent`s: what became of a `SendFrame`. */
export type SentFrame =
  ({ type: 'sent' } & SentView) | { type: 'refused'; seq: number | null; code: string; message: string };
