import { useMemo } from 'react';
import { modulesOf, pathOf } from './qr.ts';
import styles from './Invite.module.css';

/** A text as a QR code: dark on light in every theme, as cameras expect it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, d } = useMemo(() => {
    const modules = modulesOf(text);
    return { size: modules.length, d: pathOf(modules) };
  }, [text]);
  return (
    <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect className={styles.light} width={size} height={size} />
      <path className={styles.dark} d={d} shapeRendering="crispEdges" />
    </svg>
  );
}
