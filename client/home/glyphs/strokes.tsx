/** The vocabulary of the glyphs: what the wire's picture draws, reduced to what is legible at 88 px. */
import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';

const { browser, server, trip, wall } = STAVE;

type Look = 'thin' | 'dashed' | undefined;

interface StrokeProps {
  /** When it leaves. */
  at: number;
  look?: Look;
}

const classes = (...names: (string | undefined)[]) => names.filter(Boolean).join(' ');

/** Browser to server. */
export function Up({ at, look }: StrokeProps) {
  return (
    <path
      d={`M${at} ${browser}L${at + trip} ${server}`}
      className={classes(styles.browser, look && styles[look])}
    />
  );
}

/** Server to browser. */
export function Down({ at, look }: StrokeProps) {
  return (
    <path
      d={`M${at} ${server}L${at + trip} ${browser}`}
      className={classes(styles.server, look && styles[look])}
    />
  );
}

/** A message that arrived; hollow when the response brought nothing. */
export function Landing({
  at,
  by = 'server',
  hollow,
}: {
  at: number;
  by?: 'browser' | 'server';
  hollow?: boolean;
}) {
  const y = by === 'server' ? browser : server;
  return (
    <circle
      cx={at}
      cy={y}
      r={4.6}
      className={hollow ? styles.hollow : by === 'server' ? styles.serverDot : styles.browserDot}
    />
  );
}

/** A message from the server with its landing. */
export function Message({ at }: { at: number }) {
  return (
    <>
      <Down at={at} />
      <Landing at={at + trip} />
    </>
  );
}

/** A request that the server holds. */
export function Held({ from, to }: { from: number; to: number }) {
  return <path d={`M${from} ${server}H${to}`} className={styles.held} />;
}

/** It ends here. */
export function Cross({ x, y, r = 5 }: { x: number; y: number; r?: number }) {
  return (
    <path
      d={`M${x - r} ${y - r}L${x + r} ${y + r}M${x - r} ${y + r}L${x + r} ${y - r}`}
      className={styles.cross}
    />
  );
}

/** The wall between two origins; `closed` lets nothing through. */
export function Wall({ from, to, closed }: { from: number; to: number; closed?: boolean }) {
  return <path d={`M${from} ${wall}H${to}`} className={closed ? styles.closedWall : styles.wall} />;
}

/** An opening in the wall, with its posts; the wall goes on to both sides. */
export function Gate({ from, to }: { from: number; to: number }) {
  return (
    <>
      <Wall from={0} to={from} />
      <Wall from={to} to={STAVE.width} />
      <path d={`M${from} ${wall - 7}v14M${to} ${wall - 7}v14`} className={styles.post} />
    </>
  );
}
