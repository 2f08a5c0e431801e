/**
 * Code that leaves this browser, or comes from another one: as a link, as a project for Node.
 *
 * In: the files of a lesson as they are now, its step and edition, the network. Out: a link and what a link says;
 * a zip. Nothing that comes from a link is run here.
 * Knows nothing of: editors, labs, where edits are kept. What is not needed to find a link is fetched when wanted.
 */
export { fragmentOf } from './fragment.ts';
export type { LinkProblem, SharedCode } from './link.ts';

export const loadLinks = () => import('./link.ts');
export const loadProject = () => import('./project/project.ts');
export const loadShareDialog = () => import('./ShareDialog.tsx');
