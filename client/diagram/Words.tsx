import type { Box } from './layout/boxes.ts';
import type { Dimension } from './layout/dimension.ts';
import type { Label } from './layout/labels.ts';
import type { Flag } from './layout/lanes.ts';
import styles from './Wire.module.css';

/** Events of one lane: a word on a stem, or a tick. */
export function Flags({ flags }: { flags: Flag[] }) {
  return (
    <>
      {flags.map(({ key, x, y1, y2 }) => (
        <line key={key} x1={x} x2={x} y1={y1} y2={y2} className={styles.stem} />
      ))}
      {flags.map(({ key, text, bad, selected, title, event }) => {
        if (!text) return null;
        const look = bad ? styles.bad : selected ? styles.followedWord : '';
        return (
          <text
            key={key}
            x={text.x}
            y={text.y}
            textAnchor={text.anchor}
            className={`${styles.word} ${look} ${event.at && bad ? styles.link : ''}`}
          >
            {text.value === title ? null : <title>{title}</title>}
            {text.value}
          </text>
        );
      })}
    </>
  );
}

export function Words({ labels }: { labels: Label[] }) {
  return labels.map(({ key, x, y, anchor, text, ink, strong }) => (
    <text
      key={key}
      x={Math.round(x)}
      y={Math.round(y)}
      textAnchor={anchor}
      className={`${ink === 'neutral' ? styles.connection : `${styles.label} ${styles[ink]}`} ${strong ? styles.strong : ''}`}
    >
      {text}
    </text>
  ));
}

export function Boxes({ boxes }: { boxes: Box[] }) {
  return boxes.map(({ key, rect, label, ink, state, selected, title }) => (
    <g key={key} className={`${styles[state]} ${styles[ink]}`}>
      <title>{title}</title>
      {selected && (
        <rect
          x={rect.x - 3}
          y={rect.y - 3}
          width={rect.width + 6}
          height={rect.height + 6}
          className={styles.markBox}
        />
      )}
      <rect {...rect} rx="2" className={styles.box} />
      <text x={rect.x + rect.width / 2} y={rect.y + 12.5} textAnchor="middle" className={styles.boxText}>
        {label}
      </text>
    </g>
  ));
}

export function DimensionLine({ dimension }: { dimension: Dimension }) {
  const { x1, x2, y, from, fromRight, text, textX, anchor, rect, strong } = dimension;
  const arrows = x2 - x1 >= 16;
  return (
    <g className={strong ? `${styles.dimension} ${styles.strong}` : styles.dimension}>
      <path d={`M${x1} ${from}V${y + 5}M${x2} ${fromRight}V${y + 5}`} className={styles.extension} />
      <path d={`M${x1} ${y}H${x2}`} />
      {arrows && <path d={`M${x1 + 6} ${y - 3}L${x1} ${y}l6 3M${x2 - 6} ${y - 3}L${x2} ${y}l-6 3`} />}
      <rect {...rect} />
      <text x={textX} y={y + 4} textAnchor={anchor}>
        {text}
      </text>
    </g>
  );
}
