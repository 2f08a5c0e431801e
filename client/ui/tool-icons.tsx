import type { ReactNode } from 'react';
import { IconFrame } from './IconFrame.tsx';

/** Shapes of the tools around the wire and the code: fetched with those, not with the first text. */
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
  down: <path d="m3 6 5 5 5-5" />,
  up: <path d="m3 10 5-5 5 5" />,
  reset: <path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.5v2.7h2.7" />,
  back: <path d="M6.5 3 3 6.5 6.5 10M3 6.5h6.2a3.6 3.6 0 0 1 0 7.2H6" />,
  send: <path d="M8 13.5v-11M3.8 6.7 8 2.5l4.2 4.2" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  follow: <path d="M12.5 2v12M2 8h7.5M6.8 5.2 9.6 8l-2.8 2.8" />,
  fit: <path d="M2 4v8M14 4v8M4.5 8h7M6.2 6 4.2 8l2 2M9.8 6l2 2-2 2" />,
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

type ToolIconName = keyof typeof SHAPES;

/** Draws the icon of a tool, as `Icon` does. */
export function ToolIcon({ name, className }: { name: ToolIconName; className?: string }) {
  return <IconFrame className={className}>{SHAPES[name]}</IconFrame>;
}
