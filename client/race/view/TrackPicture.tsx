import { memo } from 'react';
import { railsOf, shapesOf } from '../model/geometry.ts';
import type { RaceResult, Track } from '../model/result.ts';
import { scaleOf } from '../model/scale.ts';
import styles from './Board.module.css';
import { useSize } from './use-size.ts';

/**
 * One technique on the wire. What the future holds is clipped off at `--now` (px from the left), which moves with the
 * playhead; so the shapes are drawn anew only when something has happened.
 */
export const TrackPicture = memo(function TrackPicture({
  track,
  result,
}: {
  track: Track | null;
  result: RaceResult;
}) {
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const scale = scaleOf(result, width);
  const rails = railsOf(height);
  const { x, ticks } = scale;
  const shapes =
    track && shapesOf(track, result.messages, scale, rails, result.to, result.settings.latencyMs);
  return (
    <div ref={box} className={styles.time}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          {ticks.map((t) => (
            <line key={t} x1={x(t)} x2={x(t)} y1={0} y2={height} className={styles.grid} />
          ))}
          <line x1={0} x2={width} y1={rails.browser} y2={rails.browser} className={styles.browserRail} />
          <line x1={0} x2={width} y1={rails.server} y2={rails.server} className={styles.serverRail} />
          <g className={styles.past}>
            {shapes?.washes.map(({ d, socket }, index) => (
              <path key={index} d={d} className={socket ? styles.socketWash : styles.wash} />
            ))}
            {result.messages.map(({ published }, index) =>
              published === null ? null : (
                <line
                  key={index}
                  x1={x(published)}
                  x2={x(published)}
                  y1={0}
                  y2={height}
                  className={styles.event}
                />
              ),
            )}
            {shapes?.holds.map(({ x: from, width: length }, index) => (
              <rect
                key={index}
                x={from}
                y={rails.server - 2.5}
                width={length}
                height={5}
                className={styles.held}
              />
            ))}
            {shapes?.strokes.map(({ x1, y1, x2, y2, stroke }, index) => (
              <line
                key={index}
                x1={x1}
                y1={y1}
                x2={x2}
                y2={y2}
                className={styles.stroke}
                data-direction={stroke.direction}
                data-weight={stroke.weight}
                data-empty={stroke.empty || undefined}
                data-lost={stroke.lost || undefined}
              />
            ))}
            {shapes?.cuts.map((at) => (
              <g key={at} className={styles.cut}>
                <path d={`M${at} ${rails.browser - 6}V${rails.server + 6}`} className={styles.cutGround} />
                <path
                  d={`M${at - 3} ${rails.browser - 6}l6 5-6 5M${at - 3} ${rails.server - 4}l6 5-6 5M${at} ${rails.browser + 6}V${rails.server - 6}`}
                />
              </g>
            ))}
            {shapes?.waits.map(({ number, x: from, y, width: length }) => (
              <rect key={number} x={from} y={y} width={length} height={4} className={styles.wait} />
            ))}
            {shapes?.drops.map((at) => (
              <line
                key={at}
                x1={at}
                x2={at}
                y1={rails.browser}
                y2={rails.browser - 8}
                className={styles.drop}
              />
            ))}
            {shapes?.dots.map(({ number, x: cx, y: cy }) => (
              <circle key={number} cx={cx} cy={cy} r={4.6} className={styles.dot} />
            ))}
          </g>
        </svg>
      )}
    </div>
  );
});
