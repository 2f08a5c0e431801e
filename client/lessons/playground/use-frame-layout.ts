import { useEffect, useState } from 'react';
import { useLab } from '../../lab/index.ts';
import { store, stored } from '../../ui/index.ts';

/** Whether the bytes have the place that a WebSocket frame needs, and whether the console is folded for it. */
export interface FrameLayout {
  framed: boolean;
  outputFolded: boolean;
  foldOutput: (folded: boolean) => void;
}

/**
 * A frame is 32 columns wide: once one was followed, the bytes have the full width and more height, and the
 * console folds into its tabs. That stays so for the lesson, also when it is opened again: what is selected
 * next must not move anything.
 */
export function useFrameLayout(lesson: string): FrameLayout {
  const key = `frames.${lesson}`;
  const [framed, setFramed] = useState(() => stored(key, false));
  const [outputFolded, foldOutput] = useState(framed);

  useEffect(() => {
    if (framed) return;
    return useLab.subscribe(({ run, selection }, before) => {
      if (selection === null || selection === before.selection) return;
      if (run?.messages.get(selection.message)?.record.kind !== 'frame') return;
      setFramed(true);
      foldOutput(true);
      store(key, true);
    });
  }, [framed, key]);

  return { framed, outputFolded, foldOutput };
}
