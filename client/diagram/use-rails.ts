import { useMemo } from 'react';
import type { Run } from '../capture/run.ts';
import { useLab } from '../lab/index.ts';
import { EMPTY_RUN } from './empty-run.ts';
import { WIRE_GEOMETRY, withSecondPage, type WireGeometry } from './geometry.ts';
import { pagesOf } from './pages.ts';

/** The rails of a run: a second page has one of its own. */
export function useRails(run: Run, geometry: WireGeometry): WireGeometry {
  return useRailsOf(pagesOf(run)[1], geometry);
}

function useRailsOf(second: string | undefined, geometry: WireGeometry): WireGeometry {
  return useMemo(
    () => (second === undefined ? geometry : withSecondPage(geometry, second)),
    [geometry, second],
  );
}

/** Where the rails of the wire on the lesson page are, for what is drawn beside it. */
export function useWireGeometry(): WireGeometry {
  return useRailsOf(
    useLab(({ run }) => pagesOf(run ?? EMPTY_RUN)[1]),
    WIRE_GEOMETRY,
  );
}
