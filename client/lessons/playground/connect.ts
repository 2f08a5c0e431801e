import { UNIMPAIRED } from '#protocol/telemetry';
import type { LessonInfo, LessonPatch } from '../../../lessons/index.ts';
import { openPosition, useEditorFocus, useFiles } from '../../editor/index.ts';
import { useLab } from '../../lab/index.ts';
import { useBridge, type Bridge } from '../bridge.ts';
import { loadCode } from '../content.ts';
import { usePanes } from '../panes.ts';
import { figuresOf } from './figures.ts';
import { rivalsOf } from './rivals.ts';

/** Figures in the text follow the run no faster than they can be read. */
const FIGURES_EVERY_MS = 250;

/** Joins files, lab and bridge for one lesson. `start` opens it and returns what closes it. */
export function connect(lesson: LessonInfo) {
  const patches = lesson.steps.flatMap((step) => step.patches ?? []);

  /** Set by `start`: the lesson's code is fetched. A press on Run that comes before it waits. */
  let opened: Promise<void> | undefined;

  const run = () => {
    void opened?.then(() => {
      const { files, lessonId } = useFiles.getState();
      const { start, conditions } = useLab.getState();
      if (lessonId !== lesson.id) return; // another lesson was opened meanwhile
      void start({ files, page: lesson.page, conditions });
    });
  };
  const stop = () => void useLab.getState().stop();

  const toggle = (patch: LessonPatch) => {
    const files = useFiles.getState();
    if (files.patchState(patch) === 'applied') files.revertPatch(patch);
    else {
      for (const rival of rivalsOf(patch, patches)) files.revertPatch(rival);
      files.applyPatch(patch);
    }
    const line = (files.originals[patch.file] ?? '').split(patch.find)[0]!.split('\n').length;
    show(patch.file, line);
  };

  const show = (file: string, line = 1) => openPosition({ file, line, column: 1 });

  const publishPatches = () => {
    const { patchState } = useFiles.getState();
    const states: Bridge['patches'] = {};
    for (const patch of patches) {
      const own = patchState(patch);
      const replaceable = rivalsOf(patch, patches).some((rival) => patchState(rival) === 'applied');
      states[patch.id] = own === 'conflict' && replaceable ? 'available' : own;
    }
    useBridge.setState({ patches: states });
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  let answered: number | null = null;
  const publishFigures = () => {
    timer = undefined;
    const { run: recorded, stale } = useLab.getState();
    if (stale) return;
    useBridge.setState({ figures: recorded ? figuresOf(recorded) : {} });
    const hasAnswer =
      recorded !== null &&
      [...recorded.messages].some(({ direction, arrived }) => direction === 'down' && arrived !== null);
    if (recorded && hasAnswer && answered !== recorded.startedAt) {
      answered = recorded.startedAt;
      useBridge.setState(({ runs }) => ({ runs: runs + 1 }));
    }
  };

  function start() {
    const lab = useLab.getState();
    lab.leave();
    void lab.setConditions({ ...UNIMPAIRED, latencyMs: lesson.latencyMs });
    opened = loadCode(lesson.id).then((originals) => useFiles.getState().open(lesson.id, originals));

    const endings = [
      useFiles.subscribe((state, before) => {
        if (state.files !== before.files) publishPatches();
      }),
      // On a phone the code has to be brought into view; elsewhere it is.
      useEditorFocus.subscribe(() => {
        if (usePanes.getState().phone) usePanes.getState().show('code');
      }),
      useLab.subscribe((state, before) => {
        if (state.run === before.run) return;
        timer ??= setTimeout(publishFigures, FIGURES_EVERY_MS);
      }),
    ];
    publishPatches();
    useBridge.setState({ actions: { toggle, open: show }, figures: {} });
    return () => {
      clearTimeout(timer);
      timer = undefined;
      for (const end of endings) end();
      useBridge.setState({ actions: null, figures: {}, patches: {} });
      useLab.getState().leave();
    };
  }

  return { run, stop, start };
}
