/** Every technique by its name. */
import type { Technique } from '#protocol/chat';
import type { Transport } from './transport.ts';
import { cors } from './transports/cors.ts';
import { foreverIframe } from './transports/forever-iframe.ts';
import { htmlfile } from './transports/htmlfile.ts';
import { jsonp } from './transports/jsonp.ts';
import { longPolling } from './transports/long-polling.ts';
import { polling } from './transports/polling.ts';
import { sse } from './transports/sse.ts';
import { websocket } from './transports/websocket.ts';
import { xdomainrequest } from './transports/xdomainrequest.ts';
import { xhrStreaming } from './transports/xhr-streaming.ts';

export const TRANSPORTS: Record<Technique, Transport> = {
  polling,
  'long-polling': longPolling,
  'xhr-streaming': xhrStreaming,
  'forever-iframe': foreverIframe,
  htmlfile,
  sse,
  cors,
  xdomainrequest,
  jsonp,
  websocket,
};
