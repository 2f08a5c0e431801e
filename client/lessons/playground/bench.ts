import { create } from 'zustand';

/** The workbench of a lesson that has one: whether it is seen, and what the text asks of it. */
interface Bench {
  open: boolean;
  /** The experiment that the request is to become, null for the request as it was. Another object asks again. */
  wanted: { experiment: string | null } | null;
}

export const useBench = create<Bench>()(() => ({ open: false, wanted: null }));

/** Opens it with an experiment, or with the request as it was. */
export function askBench(experiment: string | null): void {
  useBench.setState({ open: true, wanted: { experiment } });
}

export function showBench(open: boolean): void {
  useBench.setState({ open });
}

/** For another lesson: nothing is asked. */
export function clearBench(): void {
  useBench.setState({ open: false, wanted: null });
}
