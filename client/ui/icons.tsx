import type { ReactNode } from 'react';
import styles from './Icon.module.css';

/** 16 units square, stroke 1.5, square caps: the shapes of every icon, by name. */
const SHAPES = {
  run: <path d="M4 2.6v10.8L13 8z" fill="currentColor" stroke="none" />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" fill="currentColor" stroke="none" />,
  pause: <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" stroke="none" />,
  cut: (
    <>
      <circle cx="4" cy="12.2" r="1.9" />
      <circle cx="12" cy="12.2" r="1.9" />
      <path d="M5 10.6 11.6 2M11 10.6 4.4 2" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4" />
    </>
  ),
  moon: <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />,
  present: <path d="M2 3h12M3 3v7h10V3M8 10v2.2M5 14l3-1.8 3 1.8" />,
  left: <path d="M10 3 5 8l5 5" />,
  right: <path d="m6 3 5 5-5 5" />,
  down: <path d="m3 6 5 5 5-5" />,
  up: <path d="m3 10 5-5 5 5" />,
  reset: <path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.5v2.7h2.7" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.6" />,
  cross: <path d="m3.5 3.5 9 9m0-9-9 9" />,
  circle: <circle cx="8" cy="8" r="5" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  follow: <path d="M12.5 2v12M2 8h7.5M6.8 5.2 9.6 8l-2.8 2.8" />,
  fit: <path d="M2 4v8M14 4v8M4.5 8h7M6.2 6 4.2 8l2 2M9.8 6l2 2-2 2" />,
  menu: <path d="M2 4h12M2 8h12M2 12h12" />,
  patch: <path d="M8 2.5v6M5 5.5h6M5 12.5h6" />,
  more: (
    <g fill="currentColor" stroke="none">
      <circle cx="3" cy="8" r="1.4" />
      <circle cx="8" cy="8" r="1.4" />
      <circle cx="13" cy="8" r="1.4" />
    </g>
  ),
  copy: <path d="M5.5 5.5h7v8h-7zM3.5 10.5v-8h7" />,
  file: <path d="M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3" />,
  table: <path d="M2 3h12v10H2zM2 6.5h12M6.5 6.5V13" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** Draws one icon. It says nothing to assistive technology: the control around it has the name. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      className={className ? `${styles.icon} ${className}` : styles.icon}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
