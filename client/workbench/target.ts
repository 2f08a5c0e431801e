import type { Addressee } from '../dissect/index.ts';
import type { LabSnapshot } from '../lab/index.ts';
import type { Target } from './lines.ts';

/** What lessons listen on, before a run has told. */
const USUAL = 'http://localhost:8080';

/** Where requests go: the first port of the run on the wire. */
export function targetOf({ run, pageUrl }: Pick<LabSnapshot, 'run' | 'pageUrl'>): Target {
  const url = run?.ports[0]?.url ?? USUAL;
  return { authority: new URL(url).host, origin: pageUrl === null ? url : new URL(pageUrl).origin };
}

/** Whom they are for, as it judges them. */
export function addresseeOf(lab: Pick<LabSnapshot, 'run' | 'pageUrl'>): Addressee {
  const { authority, origin } = targetOf(lab);
  return { authority, origins: [origin] };
}
