/**
 * Bodies of the lab API (`/api/labs`), as TypeBox schemas: the one source for validation, the
 * OpenAPI document and the browser's types. The browser imports types only.
 */
import { Type, type Static } from 'typebox';

/** File name to content (UTF-8). `server.js` runs in the sandbox, the others are served to the page. */
export const Files = Type.Record(Type.String({ maxLength: 100 }), Type.String());
export type Files = Static<typeof Files>;

export const ConditionsBody = Type.Object(
  {
    latencyMs: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000 })),
    jitterMs: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000 })),
  },
  { additionalProperties: false },
);
export type ConditionsBody = Static<typeof ConditionsBody>;

export const CreateLabBody = Type.Object(
  {
    files: Files,
    page: Type.Optional(Type.Union([Type.Literal('same-origin'), Type.Literal('cross-origin')])),
    conditions: Type.Optional(ConditionsBody),
  },
  { additionalProperties: false },
);
export type CreateLabBody = Static<typeof CreateLabBody>;

/** Body of `POST …/run`: files given here replace the lab's files first, so that edit and run are one call. */
export const RunBody = Type.Object(
  { files: Type.Optional(Files), conditions: Type.Optional(ConditionsBody) },
  { additionalProperties: false },
);
export type RunBody = Static<typeof RunBody>;

export const PutFilesBody = Type.Object({ files: Files }, { additionalProperties: false });
export type PutFilesBody = Static<typeof PutFilesBody>;

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
});
export type LabView = Static<typeof LabView>;

/** Answer to `POST /api/labs`: only here the token is told. */
export const CreatedLabView = Type.Object({ ...LabView.properties, token: Type.String() });
export type CreatedLabView = Static<typeof CreatedLabView>;

export const ConditionsView = Type.Object({ latencyMs: Type.Number(), jitterMs: Type.Number() });
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
