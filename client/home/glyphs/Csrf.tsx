import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Cross, Down, Up } from './strokes.tsx';

const { browser, server, trip } = STAVE;

/** A request from another site's page, which picks up the cookie on its way through the browser. */
function Forged({ at }: { at: number }) {
  return (
    <>
      <path d={`M${at - 9} 8L${at} ${browser}`} className={styles.elsewhere} />
      <Up at={at} />
      <path d={`M${at} ${browser - 6}l6 6-6 6-6-6z`} className={styles.solid} />
    </>
  );
}

/** The cookie goes along and harm is done, though the answer is not read; with a token it ends at the server. */
export function Csrf() {
  const harm = 40 + trip;
  return (
    <>
      <path d="M0 8H220" className={styles.wall} />
      <Forged at={40} />
      <path d={`M${harm} ${server - 7}l8 13h-16z`} className={styles.solid} />
      <Down at={78} />
      <path d={`M${78 + trip} ${browser}l4-10`} className={styles.server} />
      <Cross x={106} y={15} r={4.5} />
      <Forged at={154} />
      <Cross x={154 + trip} y={server} r={5.5} />
    </>
  );
}
