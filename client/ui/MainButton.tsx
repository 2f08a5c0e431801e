import { APPLE } from './apple.ts';
import styles from './MainButton.module.css';
import { ToolIcon } from './tool-icons.tsx';

interface MainButtonProps {
  icon: 'run' | 'stop';
  children: string;
  /** As ARIA writes them, with spaces between. */
  keys: string;
  /** For the bar at the bottom of a phone: 48 px high, no key hint. */
  compact?: boolean;
  onClick: () => void;
}

/** What the screen is there for: Run. One on a screen. */
export function MainButton({ icon, children, keys, compact = false, onClick }: MainButtonProps) {
  return (
    <button
      type="button"
      className={compact ? `${styles.main} ${styles.tall}` : styles.main}
      onClick={onClick}
      aria-keyshortcuts={keys}
    >
      <ToolIcon name={icon} />
      {children}
      {!compact && icon === 'run' && <kbd aria-hidden="true">{APPLE ? '⌘↵' : 'Ctrl ↵'}</kbd>}
    </button>
  );
}
