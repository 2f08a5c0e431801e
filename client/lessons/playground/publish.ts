/** What the reading pane is told of the playground: the run in facts, the state of every patch. */
import type { LessonInfo } from '../../../lessons/index.ts';
import { useFiles } from '../../editor/index.ts';
import { factsOf, readAhead } from '../../facts/index.ts';
import { useLab } from '../../lab/index.ts';
import { useBridge, type Bridge } from '../bridge.ts';
import { rivalsOf } from './rivals.ts';

/** Facts follow the run no faster than they can be read. */
const FACTS_EVERY_MS = 250;
/** They take this share of the time at most: what a flood has to say waits. */
const FACTS_SHARE = 1 / 50;
/** What is new is read for so long at a time, and so long nothing is read, ms. */
const READ_MS = 6;
const REST_MS = 50;

/** Starts to tell; returns what ends it. */
export function publish(lesson: LessonInfo): () => void {
  const patches = lesson.steps.flatMap((step) => step.patches ?? []);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FACTS_EVERY_MS;
  /** How many messages of which run were read. */
  let read: { run: number | undefined; until: number } = { run: undefined, until: 0 };

  function publishPatches(): void {
    const { patchState } = useFiles.getState();
    const { variant } = useBridge.getState();
    const states: Bridge['patches'] = {};
    for (const patch of patches) {
      // Of another edition: it is opened when the patch is wanted.
      if ((patch.variant ?? null) !== variant) continue;
      const own = patchState(patch);
      const replaceable = rivalsOf(patch, patches).some((rival) => patchState(rival) === 'applied');
      states[patch.id] = own === 'conflict' && replaceable ? 'available' : own;
    }
    useBridge.setState({ patches: states });
  }

  function publishFacts(): void {
    timer = undefined;
    const { run, stale, bytesOf } = useLab.getState();
    if (stale) return;
    if (run?.number !== read.run) read = { run: run?.number, until: 0 };
    const left = run && readAhead(run, bytesOf, read.until, READ_MS);
    read.until = left ?? run?.messages.length ?? 0;
    if (left !== null) {
      timer = setTimeout(publishFacts, REST_MS);
      return;
    }
    const began = performance.now();
    const wire = run && factsOf(run, bytesOf);
    wait = Math.max(FACTS_EVERY_MS, (performance.now() - began) / FACTS_SHARE);
    useBridge.setState({ wire });
  }

  publishPatches();
  const endings = [
    useFiles.subscribe((state, before) => {
      if (state.files !== before.files) publishPatches();
    }),
    useBridge.subscribe((state, before) => {
      if (state.variant !== before.variant) publishPatches();
    }),
    useLab.subscribe((state, before) => {
      if (state.selection !== before.selection)
        useBridge.setState({ followed: state.selection?.message ?? null });
      if (state.run !== before.run) timer ??= setTimeout(publishFacts, wait);
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const end of endings) end();
  };
}
