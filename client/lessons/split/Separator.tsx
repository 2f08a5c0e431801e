import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { zoomOf } from '../../ui/index.ts';
import styles from './Separator.module.css';
import { useSizes, type SplitName } from './sizes.ts';

interface Props {
  name: SplitName;
  /** Which way the line runs; a vertical one is moved sideways. */
  line: 'vertical' | 'horizontal';
  /** The pane whose size is set: before (left of, above) the line or after it. */
  pane: 'before' | 'after';
  /** Id of that pane. */
  controls: string;
  /** `percent` of the container, or px. */
  unit?: 'px' | 'percent';
  /** Space that the pane and its neighbour keep, px. */
  min: number;
  rest: number;
  className?: string | undefined;
}

const STEP_PX = 16;

/** Size of a pane and of the container it is placed in, px. */
function measure(pane: HTMLElement, sideways: boolean): { size: number; whole: number } {
  const side = sideways ? 'width' : 'height';
  const zoom = zoomOf(pane);
  const whole = (pane.offsetParent?.getBoundingClientRect()[side] ?? zoom) / zoom;
  return { size: pane.getBoundingClientRect()[side] / zoom, whole };
}

/** A line between two panes: dragged, moved by arrow keys, reset by a double click or Enter. */
export function Separator({ name, line, pane, controls, unit = 'px', min, rest, className }: Props) {
  const { t } = useTranslation('stage');
  const setSize = useSizes((state) => state.set);
  const drag = useRef<{ from: number; size: number } | null>(null);
  const [percent, setPercent] = useState(50);
  const sideways = line === 'vertical';

  const measured = () => measure(document.getElementById(controls)!, sideways);
  const move = (size: number) => {
    const { whole } = measured();
    const px = Math.round(Math.max(min, Math.min(size, whole - rest)));
    setSize(name, unit === 'percent' ? (px / whole) * 100 : px);
  };

  useEffect(() => {
    const element = document.getElementById(controls);
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { size, whole } = measure(element, sideways);
      setPercent(Math.round((size / whole) * 100));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [controls, sideways]);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: sideways ? event.clientX : event.clientY, size: measured().size };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return;
    const travelled = (sideways ? event.clientX : event.clientY) - drag.current.from;
    const way = travelled / zoomOf(event.currentTarget);
    move(drag.current.size + (pane === 'before' ? way : -way));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = sideways ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const way = event.key === more ? 1 : event.key === less ? -1 : 0;
    if (event.key === 'Enter') setSize(name, undefined);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(Infinity);
    else if (way !== 0)
      move(measured().size + way * (pane === 'before' ? 1 : -1) * STEP_PX * (event.shiftKey ? 4 : 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation={line}
      aria-label={t(`split.${name}`)}
      aria-controls={controls}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      title={t('split.hint', { what: t(`split.${name}`) })}
      className={className ? `${styles.separator} ${className}` : styles.separator}
      data-line={line}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
      onDoubleClick={() => setSize(name, undefined)}
      onKeyDown={onKeyDown}
    />
  );
}
