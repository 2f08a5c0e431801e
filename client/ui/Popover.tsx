import { useId, useRef, type ReactNode } from 'react';
import styles from './Popover.module.css';

/** Space between button, panel and the ends of the screen, px. */
const GAP = 6;

interface PopoverProps {
  /** Name of the panel. */
  label: string;
  /** Of the button that opens it. */
  className?: string;
  title?: string;
  buttonLabel?: string;
  button: ReactNode;
  /** Given the panel's id, for buttons that close it (`popoverTargetAction="hide"`). */
  children: ReactNode | ((id: string) => ReactNode);
}

/**
 * A button and the panel it opens: in the top layer, where nothing cuts it off, beside the button. Esc, the
 * button and a press elsewhere close it.
 */
export function Popover({ label, className, title, buttonLabel, button, children }: PopoverProps) {
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();

  /** Where there is more room: below the button or above it; within the width of the screen. */
  const place = () => {
    const { left, top, bottom } = opener.current!.getBoundingClientRect();
    const { style } = panel.current!;
    const above = top > innerHeight - bottom;
    style.top = above ? 'auto' : `${bottom + GAP}px`;
    style.bottom = above ? `${innerHeight - top + GAP}px` : 'auto';
    style.maxHeight = `${(above ? top : innerHeight - bottom) - 2 * GAP}px`;
    // The panel is at most 300 px wide (its style).
    style.left = `${Math.max(GAP, Math.min(left, innerWidth - 300 - GAP))}px`;
  };

  return (
    <>
      <button
        ref={opener}
        type="button"
        className={className}
        title={title}
        aria-label={buttonLabel}
        popoverTarget={id}
        onClick={place}
      >
        {button}
      </button>
      <div ref={panel} id={id} popover="auto" role="group" aria-label={label} className={styles.panel}>
        {typeof children === 'function' ? children(id) : children}
      </div>
    </>
  );
}
