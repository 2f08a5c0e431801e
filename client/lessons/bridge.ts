import { create } from 'zustand';
import type { LessonPatch } from '../../lessons/index.ts';

/** A figure of the run on the wire that prose can quote, as text. */
export type FigureName = 'median-delay' | 'overhead' | 'connections' | 'empty';

/**
 * What the reading pane knows of the playground, which is loaded after the text is readable: the text
 * needs neither editors nor labs. The playground fills this in; until then nothing was run.
 */
export interface Bridge {
  /** Absent until the playground is there. */
  actions: {
    toggle(patch: LessonPatch): void;
    /** Shows a file in its editor. */
    open(file: string): void;
  } | null;
  /** Runs that have shown their first answer since the page was loaded. */
  runs: number;
  figures: Partial<Record<FigureName, string>>;
  /** By patch id. `conflict`: the learner changed that place by hand. */
  patches: Record<string, 'available' | 'applied' | 'conflict'>;
}

export const useBridge = create<Bridge>()(() => ({ actions: null, runs: 0, figures: {}, patches: {} }));
