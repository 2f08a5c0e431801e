/**
 * Runs in a page of a lab whose server is the room: one transport, steered by the app around it.
 *
 * Bundled on its own (`dist/transports.js`), behind the runtime and, for two techniques, the emulation of an old
 * browser; so it takes of the window only what Internet Explorer 8 had.
 */
import { connect, type Connection } from '../connection.ts';
import { TRANSPORTS } from '../techniques.ts';
import { CHAT_CHANNEL, type FromFrame, type ToFrame } from './protocol.ts';

type Without<T> = T extends unknown ? Omit<T, 'channel'> : never;

let connection: Connection | undefined;

function tell(message: Without<FromFrame>): void {
  // Whoever frames this page may hear what everyone in the room hears.
  parent.postMessage({ channel: CHAT_CHANNEL, ...message }, '*');
}

function obey(message: ToFrame): void {
  switch (message.type) {
    case 'connect':
      connection?.close();
      connection = connect(TRANSPORTS[message.technique], message.options, {
        onState: (state, refusal) => tell({ type: 'state', state, refusal }),
        onEvent: (event, handledAt) => tell({ type: 'event', event, handledAt }),
      });
      break;
    case 'send': {
      const { number, text } = message;
      connection?.send(text, (result) => tell({ type: 'answer', number, result }));
      break;
    }
    case 'ping':
      tell({ type: 'pong', number: message.number, t: performance.now() });
  }
}

window.onmessage = ({ source, data }: MessageEvent<ToFrame | undefined>) => {
  if (source === parent && data?.channel === CHAT_CHANNEL) obey(data);
};
tell({ type: 'ready' });
