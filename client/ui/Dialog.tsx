import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './icons.tsx';
import { IconButton } from './IconButton.tsx';
import styles from './Dialog.module.css';

interface Props {
  label: string;
  /** Stands on the left of the cross; the label, as a heading, when absent. */
  head?: ReactNode;
  closeLabel: string;
  /** In the middle of the window, from edge to edge under its top, or over all of it. */
  place: 'middle' | 'top' | 'screen';
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog, open as long as it is rendered: the cross and Escape close it, and the focus goes back. */
export function Dialog({ label, head, closeLabel, place, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} data-place={place} aria-label={label} onClose={onClose}>
      <div className={styles.head}>
        {head ?? <h2>{label}</h2>}
        <IconButton label={closeLabel} onClick={() => dialog.current?.close()}>
          <Icon name="cross" />
        </IconButton>
      </div>
      {children}
    </dialog>
  );
}
