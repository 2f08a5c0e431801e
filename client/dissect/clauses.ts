/** Which rule is broken by what is noted as malformed, by its reason. */
export const CLAUSES: Readonly<Record<string, string>> = {
  // The start line and the head.
  requestLine: 'RFC 9112 §3',
  statusLine: 'RFC 9112 §4',
  version: 'RFC 9112 §2.3',
  emptyLineBefore: 'RFC 9112 §2.2',
  bareLf: 'RFC 9112 §2.2',
  bareCr: 'RFC 9112 §2.2',
  spaceBeforeHeader: 'RFC 9112 §2.2',
  noColon: 'RFC 9112 §5',
  fieldName: 'RFC 9110 §5.1',
  fieldValue: 'RFC 9110 §5.5',
  spaceBeforeColon: 'RFC 9112 §5.1',
  obsFold: 'RFC 9112 §5.2',
  noHost: 'RFC 9112 §3.2',
  severalHosts: 'RFC 9112 §3.2',
  noUpgrade: 'RFC 9110 §15.5.22',
  // How the body ends.
  contentLength: 'RFC 9112 §6.3',
  severalLengths: 'RFC 9112 §6.3',
  lengthAndChunked: 'RFC 9112 §6.2',
  chunkedInHttp10: 'RFC 9112 §6.1',
  transferEncoding: 'RFC 9112 §6.3',
  chunkSize: 'RFC 9112 §7.1',
  chunkEnd: 'RFC 9112 §7.1',
  truncated: 'RFC 9112 §8',
  noLastChunk: 'RFC 9112 §8',
  // The opening handshake of WebSocket.
  wsMethod: 'RFC 6455 §4.1',
  wsHttpVersion: 'RFC 6455 §4.1',
  wsConnection: 'RFC 6455 §4.1',
  wsNoKey: 'RFC 6455 §4.1',
  wsKey: 'RFC 6455 §4.1',
  wsVersion: 'RFC 6455 §4.1',
  wsProtocolList: 'RFC 6455 §4.1',
  wsExtensionList: 'RFC 6455 §9.1',
  wsNoAccept: 'RFC 6455 §4.2.2',
  wsAccept: 'RFC 6455 §4.2.2',
  wsProtocol: 'RFC 6455 §4.1',
  wsExtension: 'RFC 6455 §4.1',
  deflateParameters: 'RFC 7692 §7.1',
  // Frames.
  wsReservedBits: 'RFC 6455 §5.2',
  wsRsv1: 'RFC 7692 §6',
  wsOpcode: 'RFC 6455 §5.2',
  wsLengthForm: 'RFC 6455 §5.2',
  wsLengthBit: 'RFC 6455 §5.2',
  wsUnmasked: 'RFC 6455 §5.1',
  wsMasked: 'RFC 6455 §5.1',
  wsControlLength: 'RFC 6455 §5.5',
  wsControlFragmented: 'RFC 6455 §5.5',
  wsContinuation: 'RFC 6455 §5.4',
  wsInterrupted: 'RFC 6455 §5.4',
  wsAfterClose: 'RFC 6455 §5.5.1',
  wsCloseLength: 'RFC 6455 §5.5.1',
  wsCloseCode: 'RFC 6455 §7.4',
  utf8: 'RFC 6455 §8.1',
  wsTruncated: 'RFC 6455 §7.1.4',
  deflateCorrupt: 'RFC 7692 §7.2.2',
};

/** What is noted although no rule is broken: bytes are missing, or there are too many to be read. */
export const NO_CLAUSE: readonly string[] = ['lineTooLong', 'notRecorded', 'deflateTooLong', 'deflateLost'];

/** The rule that is broken, e.g. `RFC 6455 §5.1`; null where none is. */
export function clauseOf(reason: string): string | null {
  return CLAUSES[reason] ?? null;
}
