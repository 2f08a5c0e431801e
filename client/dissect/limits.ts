/** A line without an end after this many bytes is not read as a line: four times what Node accepts as a whole head. */
export const MAX_LINE_BYTES = 65_536;

/** Bytes of a body that are kept for the name of its field: enough for 40 characters of three bytes. */
export const PREVIEW_BYTES = 128;

/** Characters of a field's name; the inspector shows the whole text from the bytes. */
export const NAME_CHARACTERS = 40;

/** Bytes that one compressed message may swell to; what a browser would hardly take, and a second of work. */
export const MAX_INFLATED_BYTES = 67_108_864;

/** Bytes of a compressed message that are kept to inflate it: sixteen times what the lab's servers accept. */
export const MAX_COMPRESSED_BYTES = 16_777_216;

/** Pings that wait for their pong, per direction; the oldest is given up. */
export const MAX_OPEN_PINGS = 1000;

/** Characters of a content's text: a screen or two; the whole text can be read from the bytes. */
export const CONTENT_TEXT = 16_384;
