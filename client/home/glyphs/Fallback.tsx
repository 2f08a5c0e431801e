import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Cross, Held, Message, Up } from './strokes.tsx';

const { browser, server, trip } = STAVE;

/** One technique is refused, the next stays silent, the third works: each try a step lower. */
export function Fallback() {
  return (
    <>
      <path d="M8 5H62V13H124V21H212" className={styles.level} />
      <path d={`M14 ${browser}l9 ${(9 / trip) * (server - browser)}`} className={styles.browser} />
      <Cross x={24.5} y={browser + (10.5 / trip) * (server - browser)} />
      <Up at={66} />
      <Held from={66 + trip} to={106} />
      <Cross x={110} y={server} />
      <Up at={128} />
      <Held from={128 + trip} to={182} />
      <Message at={182} />
    </>
  );
}
