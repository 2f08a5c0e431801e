import { useEffect, useRef } from 'react';
import { attachPage, useLab } from '../lab/index.ts';
import { bridge, type Bridge } from './bridge.ts';
import styles from './Stage.module.css';

/**
 * What the learner's page may do. It keeps its origin (the lab's, never the app's), or its fetches
 * would be cross-origin; it cannot navigate the app away.
 */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads';

/** One page of the learner's in its frame, joined with the lab. */
export function Page({ url, title }: { url: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const joined = useRef<Bridge>(null);
  const ports = useLab((lab) => lab.run?.ports);

  useEffect(() => {
    joined.current = bridge({ frame: frame.current!, url, attach: attachPage, origins, host: window });
    return () => joined.current!.end();
  }, [url]);
  useEffect(() => joined.current?.tellOrigins(), [ports]);

  return <iframe ref={frame} className={styles.page} src={url} title={title} sandbox={SANDBOX} />;
}

function origins(): Record<number, string> {
  const ports = useLab.getState().run?.ports ?? [];
  return Object.fromEntries(ports.map(({ port, url }) => [port, url]));
}
