import type { ReactNode } from 'react';
import { IconFrame } from './IconFrame.tsx';

/** 16 units square, stroke 1.5, square caps: the shapes of what a page begins with, by name. */
const SHAPES = {
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4" />
    </>
  ),
  moon: <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />,
  left: <path d="M10 3 5 8l5 5" />,
  right: <path d="m6 3 5 5-5 5" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.6" />,
  cross: <path d="m3.5 3.5 9 9m0-9-9 9" />,
  circle: <circle cx="8" cy="8" r="5" />,
  menu: <path d="M2 4h12M2 8h12M2 12h12" />,
  present: <path d="M1.5 2.5h13M2.5 2.5V10h11V2.5M8 10v3.5M5 13.5h6" />,
} satisfies Record<string, ReactNode>;

type IconName = keyof typeof SHAPES;

/** Draws one icon. It says nothing to assistive technology: the control around it has the name. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return <IconFrame className={className}>{SHAPES[name]}</IconFrame>;
}
