import { useEffect, useRef } from 'react';
import { attachPage, useLab } from '../lab/index.ts';
import { bridge, type Bridge } from './bridge.ts';
import styles from './Stage.module.css';

/**
 * What the learner's page may do. It keeps its origin (the lab's, never the app's), or its fetches
 * would be cross-origin; it cannot navigate the app away.
 */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads';

export interface PageProps {
  url: string;
  /** Of the frame. */
  title: string;
  /** Its name where there is more than one. */
  name?: string;
  isRecorded: boolean;
}

/** One page of the learner's in its frame, joined with the lab when it has a runtime. */
export function Page({ url, title, name, isRecorded }: PageProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const joined = useRef<Bridge>(null);
  const ports = useLab((lab) => lab.run?.ports);

  useEffect(() => {
    if (!isRecorded) return undefined;
    const attach: typeof attachPage = (send) => attachPage(send, name);
    const mine = bridge({ frame: frame.current!, url, attach, origins, host: window });
    joined.current = mine;
    return () => {
      mine.end();
      joined.current = null;
    };
  }, [url, name, isRecorded]);
  useEffect(() => joined.current?.tellOrigins(), [ports]);

  return <iframe ref={frame} className={styles.page} src={url} title={title} sandbox={SANDBOX} />;
}

function origins(): Record<number, string> {
  const ports = useLab.getState().run?.ports ?? [];
  return Object.fromEntries(ports.map(({ port, url }) => [port, url]));
}
