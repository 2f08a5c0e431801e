import type { ReactNode } from 'react';

export interface GoalProps {
  id: string;
  children?: ReactNode;
}

/** A goal and a hint only say what `Challenge` shows. */
export const Goal = ({ children }: GoalProps) => children;
export const Hint = ({ children }: { children?: ReactNode }) => children;
