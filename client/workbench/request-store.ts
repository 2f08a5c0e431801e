import { create } from 'zustand';
import { store, stored } from '../ui/index.ts';
import { EXPERIMENT_IDS, experimentLines, type ExperimentId } from './experiments.ts';
import { areLines, originalLines, type Line, type Target } from './lines.ts';

/** Edits that can be taken back. */
const MOST_PAST = 200;

interface RequestState {
  /** Under which name the request is kept; null before the first `open`. */
  lesson: string | null;
  lines: Line[];
  /** What was before, the newest last. */
  past: Line[][];
  /** The experiment that the lines are of, as long as nobody edits them. */
  experiment: ExperimentId | null;
  /** Opens the request that was kept for this lesson. */
  open(lesson: string): void;
  /**
   * Puts other lines in the place of these.
   *
   * @param of what is edited: edits of one thing in a row are taken back together.
   */
  edit(lines: Line[], of?: string): void;
  try(experiment: ExperimentId, target: Target): void;
  /** As the text asks: an experiment by its name, or (null) the request as it was. Each object asks once. */
  ask(wanted: { experiment: string | null }, target: Target): void;
  undo(): void;
  reset(): void;
}

const keyOf = (lesson: string): string => `workbench.${lesson}`;

/** The learner's request, kept between visits. */
export const useRequest = create<RequestState>()((set, get) => {
  let lastOf: string | undefined;
  let taken: object | undefined;
  const change = (lines: Line[], experiment: ExperimentId | null, of?: string) => {
    const { lesson, lines: before, past } = get();
    const isOneEdit = of !== undefined && of === lastOf;
    lastOf = of;
    set({ lines, experiment, past: isOneEdit ? past : [...past, before].slice(-MOST_PAST) });
    if (lesson) store(keyOf(lesson), lines);
  };
  return {
    lesson: null,
    lines: originalLines(),
    past: [],
    experiment: null,
    open(lesson) {
      if (lesson === get().lesson) return;
      const kept = stored<unknown>(keyOf(lesson), null);
      set({ lesson, lines: areLines(kept) ? kept : originalLines(), past: [], experiment: null });
    },
    edit: (lines, of) => change(lines, null, of),
    try: (experiment, target) => change(experimentLines(experiment, target), experiment),
    ask(wanted, target) {
      if (wanted === taken) return;
      taken = wanted;
      const id = EXPERIMENT_IDS.find((known) => known === wanted.experiment);
      if (id) get().try(id, target);
      else if (wanted.experiment === null) get().reset();
    },
    undo() {
      const { past, lesson } = get();
      const lines = past.at(-1);
      if (!lines) return;
      lastOf = undefined;
      set({ lines, past: past.slice(0, -1), experiment: null });
      if (lesson) store(keyOf(lesson), lines);
    },
    reset: () => change(originalLines(), null),
  };
});
