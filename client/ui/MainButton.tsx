import type { ComponentProps } from 'react';
import { APPLE } from './apple.ts';
import styles from './MainButton.module.css';
import { ToolIcon } from './tool-icons.tsx';

interface MainButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: 'run' | 'stop' | 'send';
  children: string;
  /** For the bar at the bottom of a phone: 48 px high, no key hint. */
  compact?: boolean;
}

/** What the screen, or a part of it, is there for: Run, Send. */
export function MainButton({ icon, children, compact = false, className = '', ...rest }: MainButtonProps) {
  return (
    <button type="button" className={`${styles.main} ${compact ? styles.tall : ''} ${className}`} {...rest}>
      <ToolIcon name={icon} />
      {children}
      {!compact && icon === 'run' && <kbd aria-hidden="true">{APPLE ? '⌘↵' : 'Ctrl ↵'}</kbd>}
    </button>
  );
}
