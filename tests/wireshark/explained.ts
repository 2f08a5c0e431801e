/** Where our dissector and tshark may differ, each with its reason. An entry that explains nothing fails the test. */
export interface Explained {
  /** Name of the run. */
  run: string;
  /** Matches the difference as `compare.ts` words it. */
  difference: RegExp;
  reason: string;
}

const REASSEMBLED =
  'tshark shows the payload of a fragmented message with its last frame, joined (the hex here is exactly that); we show each frame’s own';
const UNFINISHED =
  'tshark shows an HTTP message when it is complete, which this one never is; we show what has come, and that it is not complete';

export const EXPLAINED: Explained[] = [
  ...(['up', 'down'] as const).flatMap((direction) => [
    {
      run: 'fragments with a ping between them',
      difference: new RegExp(`^${direction} 2: payload: ours "66697273742c20", tshark ""$`),
      reason: REASSEMBLED,
    },
    {
      run: 'fragments with a ping between them',
      difference: new RegExp(`^${direction} 4: payload: ours "7365636f6e642c20", tshark ""$`),
      reason: REASSEMBLED,
    },
    {
      run: 'fragments with a ping between them',
      difference: new RegExp(
        `^${direction} 5: payload: ours "6c617374", tshark "66697273742c207365636f6e642c206c617374"$`,
      ),
      reason: REASSEMBLED,
    },
  ]),
  {
    run: 'server-sent events cut by a reset',
    difference: /^down 1: ours .*incomplete response HTTP\/1\.1 200 OK.*, tshark nothing$/,
    reason: UNFINISHED,
  },
  {
    run: 'a response cut in silence',
    difference: /^down 1: ours .*incomplete response HTTP\/1\.1 200 OK.*, tshark nothing$/,
    reason: UNFINISHED,
  },
  {
    run: 'a request that is not HTTP',
    difference: /^up 1: ours .*bytes 4252455720636f666665650d0a0d0a.*, tshark nothing$/,
    reason: 'neither takes it for HTTP; tshark leaves it to TCP, we keep it as bytes nobody claims',
  },
  {
    run: 'a request whose header has no colon',
    difference: /^up 2: ours nothing, tshark .*bytes of 17/,
    reason:
      'tshark ends the head at the line without a colon and shows the 17 bytes from there as a stray piece of HTTP; ' +
      'we note the line as malformed and go on to the empty line (RFC 9112 §2.2)',
  },
  {
    run: 'an upgrade with a frame in the same segment',
    difference: /^up 2: ours .*"frame".*"6561676572".*, tshark .*bytes of 11/,
    reason:
      'tshark switches to WebSocket at the 101, which comes after this segment, and shows the frame (11 bytes) as a ' +
      'stray piece of HTTP; we decide what waits behind an upgrade when its answer has come',
  },
];
