import { useId, useRef, type ReactNode } from 'react';
import { placeBeside } from './place-beside.ts';
import styles from './Popover.module.css';

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

  return (
    <>
      <button
        ref={opener}
        type="button"
        className={className}
        title={title}
        aria-label={buttonLabel}
        popoverTarget={id}
        onClick={() => placeBeside(panel.current!, opener.current!)}
      >
        {button}
      </button>
      <div ref={panel} id={id} popover="auto" role="group" aria-label={label} className={styles.panel}>
        {typeof children === 'function' ? children(id) : children}
      </div>
    </>
  );
}
