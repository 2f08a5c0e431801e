import type { SourcePosition } from '#protocol/errors';
import { useMemo, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireMessage } from '../../capture/run.ts';
import { CarriersLine } from '../CarriersLine.tsx';
import { count } from '../figures.ts';
import { isDivided, spanning, tracksOf, type Piece, type Track } from './tracks.ts';
import styles from './BorderStrip.module.css';

/** Above this, pieces of one track are only counted: they would be narrower than a border. */
const MOST_PIECES = 40;
/** Contents over several messages that are named. */
const MOST_SPANNING = 4;

type OpenPosition = (position: SourcePosition) => void;

/**
 * Where writes, TCP segments, chunks and events begin in a message: a chunk is not a write, a write is not a
 * segment, and an event is none of them.
 */
export function BorderStrip({
  message,
  onOpenPosition,
}: {
  message: WireMessage;
  onOpenPosition: OpenPosition;
}) {
  const { t } = useTranslation('inspect');
  const tracks = useMemo(() => tracksOf(message), [message]);
  const across = useMemo(() => spanning(message).slice(0, MOST_SPANNING), [message]);
  const { kind, start, end } = message.record;
  const hasPayload = kind === 'chunk' || kind === 'body' || message.contents.length > 0;
  if (!hasPayload || tracks.length === 0) return null;
  const divided = isDivided(tracks);
  return (
    <div className={styles.strip}>
      <ul aria-label={t('borders.label')} className={divided ? undefined : styles.together}>
        {tracks.map((track) =>
          divided ? (
            <TrackRow key={track.border} track={track} size={end - start} onOpenPosition={onOpenPosition} />
          ) : (
            <OneOfEach key={track.border} track={track} onOpenPosition={onOpenPosition} />
          ),
        )}
      </ul>
      {across.map((content) => (
        <p key={content.ranges[0]!.start} className={styles.across}>
          <CarriersLine message={message} content={content} />
        </p>
      ))}
    </div>
  );
}

interface TrackRowProps {
  track: Track;
  /** Bytes of the message. */
  size: number;
  onOpenPosition: OpenPosition;
}

function TrackRow({ track: { border, pieces }, size, onOpenPosition }: TrackRowProps) {
  const { t } = useTranslation('inspect');
  const name = t(`borders.${border}`, { count: pieces.length, n: count(pieces.length) });
  return (
    <li className={styles.track}>
      <span className={styles.name}>{name}</span>
      <span className={styles.bar}>
        {pieces.length <= MOST_PIECES ? (
          pieces.map((piece) => <PieceMark key={piece.from} {...{ piece, size, onOpenPosition }} />)
        ) : (
          <span className={styles.many} />
        )}
      </span>
    </li>
  );
}

/** Where nothing is divided, counts say it all. */
function OneOfEach({ track: { border, pieces }, onOpenPosition }: Omit<TrackRowProps, 'size'>) {
  const { t } = useTranslation('inspect');
  const [{ at } = {}] = pieces;
  return (
    <li>
      {t(`borders.${border}`, { count: pieces.length, n: count(pieces.length) })}
      {at && (
        <button type="button" className={styles.place} onClick={() => onOpenPosition(at)}>
          {at.file}:{at.line}
        </button>
      )}
    </li>
  );
}

function PieceMark({ piece, size, onOpenPosition }: Omit<TrackRowProps, 'track'> & { piece: Piece }) {
  const { t } = useTranslation('inspect');
  const { from, to, cut, at, name, content } = piece;
  const style = { left: `${(from / size) * 100}%`, width: `${((to - from) / size) * 100}%` } as CSSProperties;
  const bytes = t('borders.bytes', { count: to - from, n: count(to - from) });
  const words = [
    name,
    at && `${at.file}:${at.line}`,
    content?.kind === 'sse-event' && `${content.event} ${content.lastEventId}`.trim(),
    content?.kind === 'script-call' && `${content.callee}(…)`,
  ].filter(Boolean);
  const text = words.length > 0 ? words.at(-1) : bytes;
  const label = [...words, bytes, cut && t(`borders.cut.${cut}`)].filter(Boolean).join(t('panel.comma'));
  const props = { className: styles.piece, style, 'data-cut': cut, title: label };
  if (!at) {
    return (
      <span {...props}>
        <span aria-hidden="true">{text}</span>
        <span className={styles.spoken}>{label}</span>
      </span>
    );
  }
  return (
    <button {...props} type="button" aria-label={label} onClick={() => onOpenPosition(at)}>
      {text}
    </button>
  );
}
