import { useEffect, useState, type ReactNode } from 'react';
import type { Challenge } from './Challenge.tsx';

/** Most steps have no challenge: the first text does not wait for its code unless the open step has one. */
let fetched: { Challenge: typeof Challenge } | undefined;

export async function loadChallenge(): Promise<void> {
  fetched ??= await import('./Challenge.tsx');
}

export function LateChallenge({ children }: { children?: ReactNode }) {
  const [, setFetched] = useState(fetched !== undefined);
  useEffect(() => {
    if (!fetched) void loadChallenge().then(() => setFetched(true));
  }, []);
  return fetched && <fetched.Challenge>{children}</fetched.Challenge>;
}
