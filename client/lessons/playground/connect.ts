import { UNIMPAIRED } from '#protocol/telemetry';
import type { LessonInfo, LessonNetwork, LessonPatch } from '../../../lessons/index.ts';
import { followFrameLink } from '../../console/index.ts';
import { openPosition, useEditorFocus, useFiles } from '../../editor/index.ts';
import { useLab } from '../../lab/index.ts';
import { fragmentOf } from '../../share/index.ts';
import { useBridge, type BridgeActions } from '../bridge.ts';
import { usePanes } from '../panes.ts';
import { askBench, clearBench } from './bench.ts';
import { profileOfRun } from './browser-choice.ts';
import { BESIDE } from './code.ts';
import { editionKey, lastVariant, openEdition, showAttempt, showSolution, solvedSteps } from './edition.ts';
import { planCut } from './planned-cut.ts';
import { publish } from './publish.ts';
import { rivalsOf } from './rivals.ts';
import { leaveShared, openShared, sharedFragment } from './shared.ts';

/** Joins files, lab and bridge for one lesson. `start` opens it and returns what closes it. */
export function connect(lesson: LessonInfo) {
  const patches = lesson.steps.flatMap((step) => step.patches ?? []);
  const changes = lesson.steps.flatMap((step) => step.network ?? []);
  const usual = { ...UNIMPAIRED, latencyMs: lesson.latencyMs };

  /** Set by `start`: the lesson's code is fetched. What comes before it waits. */
  let opened: Promise<void> = Promise.resolve();

  const run = () => {
    void opened.then(() => {
      const { files, lessonId } = useFiles.getState();
      const { start, conditions } = useLab.getState();
      // Another lesson was opened meanwhile.
      const { variant } = useBridge.getState();
      if (lessonId !== editionKey(lesson, variant)) return;
      const profile = profileOfRun(lesson);
      const all = { ...BESIDE, ...files };
      void start({ files: all, page: lesson.page, conditions, lesson: lesson.id, profile });
      const { network } = useBridge.getState();
      const at = changes.find(({ id, cutAt }) => cutAt !== undefined && network.includes(id))?.cutAt;
      if (at !== undefined) planCut(at);
    });
  };
  const stop = () => void useLab.getState().stop();

  const chooseVariant = (variant: string | null) =>
    (opened = opened.then(() => openEdition(lesson, variant)));

  /** Does `work` once this edition is open. */
  const inEdition = (variant: string | null, work: () => void) => {
    if (variant !== useBridge.getState().variant) void chooseVariant(variant);
    void opened.then(work);
  };

  const toggle = (patch: LessonPatch) =>
    inEdition(patch.variant ?? null, () => {
      const files = useFiles.getState();
      if (files.patchState(patch) === 'applied') files.revertPatch(patch);
      else {
        for (const rival of rivalsOf(patch, patches)) files.revertPatch(rival);
        files.applyPatch(patch);
      }
      show(patch.file, lineOf(files.originals[patch.file], patch.find));
    });

  const show = (file: string, line = 1) => openPosition({ file, line, column: 1 });

  const toggleNetwork = (change: LessonNetwork) => {
    const { setConditions } = useLab.getState();
    const { network } = useBridge.getState();
    const isApplied = network.includes(change.id);
    if (change.conditions) {
      void setConditions(isApplied ? usual : change.conditions);
    }
    useBridge.setState({
      network: isApplied ? network.filter((id) => id !== change.id) : [...network, change.id],
    });
  };

  const actions: BridgeActions = {
    toggle,
    toggleNetwork,
    tryRequest(experiment) {
      askBench(experiment);
      // On a phone it stands below the wire.
      if (usePanes.getState().phone) usePanes.getState().show('wire');
    },
    open: (file, find) => show(file, lineOf(useFiles.getState().files[file], find)),
    follow: (message) => useLab.getState().select({ message }),
    chooseVariant: (variant) => void chooseVariant(variant),
    toggleSolution(step, challenge) {
      inEdition(challenge.variant ?? null, () => {
        if (useBridge.getState().solved.includes(step)) showAttempt(lesson, step);
        else showSolution(lesson, step, challenge);
      });
    },
  };

  /** The code of a link when the address has one, else the learner's own. */
  async function openFirst(): Promise<void> {
    const fragment = sharedFragment(lesson);
    const isStillOpen = () => useBridge.getState().actions === actions;
    const conditions = fragment === null ? null : await openShared(lesson, fragment, isStillOpen);
    if (!isStillOpen()) return;
    if (!conditions) return openEdition(lesson, lastVariant(lesson));
    // What ran was other code.
    useLab.getState().leave();
    void useLab.getState().setConditions(conditions);
    useBridge.setState({ solved: solvedSteps(lesson) });
  }

  /** From the code of a link to the learner's own; what ran of it is over. */
  function backToOwn(): void {
    opened = opened.then(async () => {
      leaveShared(lesson);
      useLab.getState().leave();
      void useLab.getState().setConditions(usual);
      await openEdition(lesson, lastVariant(lesson));
    });
  }

  function start() {
    const lab = useLab.getState();
    lab.leave();
    void lab.setConditions(usual);
    useBridge.setState({ actions, solved: solvedSteps(lesson) });
    opened = openFirst();
    const onHashChange = () => {
      if (fragmentOf(location.hash) !== null) opened = opened.then(openFirst);
    };
    addEventListener('hashchange', onHashChange);
    const silence = publish(lesson);
    const unlink = followFrameLink();
    // On a phone the code has to be brought into view; elsewhere it is.
    const unfocus = useEditorFocus.subscribe(() => {
      if (usePanes.getState().phone) usePanes.getState().show('code');
    });
    return () => {
      removeEventListener('hashchange', onHashChange);
      silence();
      unlink();
      unfocus();
      useBridge.setState({
        actions: null,
        wire: null,
        followed: null,
        patches: {},
        network: [],
        experiment: null,
        variant: null,
        solved: [],
        shared: null,
      });
      clearBench();
      useLab.getState().leave();
    };
  }

  return { run, stop, start, backToOwn };
}

/** The line where `find` begins, from 1; the first when it is not there. */
function lineOf(text = '', find = ''): number {
  const at = text.indexOf(find);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
