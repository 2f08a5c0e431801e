import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Held, Message, Up } from './strokes.tsx';

/** One exchange, measured from end to end. */
export function RequestResponse() {
  const [asked, answered] = [66, 154];
  return (
    <>
      <path
        d={`M${asked} 6v14M${answered} 6v14M${asked} 13H${answered}M${asked + 7} 9.5L${asked} 13l7 3.5M${answered - 7} 9.5L${answered} 13l-7 3.5`}
        className={styles.dimension}
      />
      <Up at={asked} />
      <Held from={asked + STAVE.trip} to={answered - STAVE.trip} />
      <Message at={answered - STAVE.trip} />
    </>
  );
}
