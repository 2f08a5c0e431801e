import type { ComponentType } from 'react';
import { Cors } from './Cors.tsx';
import { Csrf } from './Csrf.tsx';
import { Fallback } from './Fallback.tsx';
import { ForeverIframe } from './ForeverIframe.tsx';
import styles from './glyphs.module.css';
import { Htmlfile } from './Htmlfile.tsx';
import { Jsonp } from './Jsonp.tsx';
import { LongPolling } from './LongPolling.tsx';
import { Polling } from './Polling.tsx';
import { Race } from './Race.tsx';
import { RequestResponse } from './RequestResponse.tsx';
import { Sse } from './Sse.tsx';
import { STAVE } from './stave.ts';
import { WebSocket } from './WebSocket.tsx';
import { XDomainRequest } from './XDomainRequest.tsx';
import { XhrStreaming } from './XhrStreaming.tsx';

/** One measure of music for each technique, by the id of its lesson. */
export const GLYPHS: Record<string, ComponentType> = {
  'request-response': RequestResponse,
  polling: Polling,
  'long-polling': LongPolling,
  'xhr-streaming': XhrStreaming,
  'forever-iframe': ForeverIframe,
  htmlfile: Htmlfile,
  sse: Sse,
  cors: Cors,
  xdomainrequest: XDomainRequest,
  jsonp: Jsonp,
  csrf: Csrf,
  websocket: WebSocket,
  fallback: Fallback,
  race: Race,
};

const { width, height, browser, server } = STAVE;

interface Props {
  /** The id of the lesson. */
  of: string;
  /** What it says to assistive technology; a glyph beside its name says nothing. */
  title?: string;
  /** The bar lines of a measure in the course map. */
  opens?: 'measure' | 'section';
  closes?: 'measure' | 'final' | undefined;
}

/** The glyph of a technique: what happens on the two rails, as one measure. As wide as its place. */
export function Glyph({ of, title, opens, closes }: Props) {
  const Drawing = GLYPHS[of];
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={styles.glyph}
      {...(title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true })}
    >
      {/* The race has a stave of its own. */}
      {of !== 'race' && (
        <>
          <path d={`M0 ${browser}H${width}`} className={styles.browserRail} />
          <path d={`M0 ${server}H${width}`} className={styles.serverRail} />
        </>
      )}
      {opens && (
        <path
          d={`M0.6 ${browser}V${server}`}
          className={opens === 'section' ? styles.sectionLine : styles.measureLine}
        />
      )}
      {Drawing && <Drawing />}
      {closes === 'measure' && (
        <path d={`M${width - 0.5} ${browser}V${server}`} className={styles.measureLine} />
      )}
      {closes === 'final' && (
        <>
          <path d="M213 22V94" className={styles.measureLine} />
          <path d="M218 22V94" className={styles.finalLine} />
        </>
      )}
    </svg>
  );
}
