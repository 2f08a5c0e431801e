import { create } from 'zustand';
import type { LessonChallenge, LessonNetwork, LessonPatch, WireFacts } from '../../lessons/index.ts';
import type { LinkProblem } from '../share/index.ts';

/**
 * What the reading pane knows of the playground, which is loaded after the text is readable: the text
 * needs neither editors nor labs. The playground fills this in; until then nothing was run.
 */
export interface Bridge {
  /** Absent until the playground is there. */
  actions: BridgeActions | null;
  /** The run on the wire; null before the first, and while the wire shows what the present code did not do. */
  wire: WireFacts | null;
  /** The followed message. */
  followed: string | null;
  /** By patch id. `conflict`: the learner changed that place by hand. */
  patches: Record<string, 'available' | 'applied' | 'conflict'>;
  /** Ids of what "Try it" has done to the network. */
  network: readonly string[];
  /** The experiment that is in the workbench, as it is offered. */
  experiment: string | null;
  /** The edition of the code that is open; null is the first. */
  variant: string | null;
  /** Steps whose solution is in the editors, in the place of the learner's own attempt. */
  solved: readonly string[];
  /** The code of a link, which is open in the place of the learner's own; or why a link was not opened. */
  shared: SharedCodeOpen | { problem: LinkProblem } | null;
}

export interface SharedCodeOpen {
  /** Names the link: edits of its code are kept under it. */
  id: string;
  /** The edition that it belongs to. The others are the learner's own meanwhile. */
  variant: string | null;
  /** Files that the link brought. */
  files: readonly string[];
  /** The lesson's own files were others when the link was made. */
  outdated: boolean;
}

export interface BridgeActions {
  toggle(patch: LessonPatch): void;
  toggleNetwork(change: LessonNetwork): void;
  /** Opens the workbench with the request of an experiment; null with the original one. */
  tryRequest(experiment: string | null): void;
  /** Shows a file in its editor, at the line where `find` begins. */
  open(file: string, find?: string): void;
  /** Follows a message on the wire. */
  follow(message: string): void;
  chooseVariant(variant: string | null): void;
  /** Puts the solution into the editors and keeps what was there; or puts that back. */
  toggleSolution(step: string, challenge: LessonChallenge): void;
}

export const useBridge = create<Bridge>()(() => ({
  actions: null,
  wire: null,
  followed: null,
  patches: {},
  network: [],
  experiment: null,
  variant: null,
  solved: [],
  shared: null,
}));
