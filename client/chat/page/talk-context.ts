/** Which page of the room the parts below belong to. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { createTalk, TalkActions, TalkSnapshot } from './talk.ts';

export type Talk = ReturnType<typeof createTalk>;

export interface TalkPage {
  /** Where two stand side by side: A or B; null where there is one. */
  name: string | null;
  talk: Talk;
}

const Context = createContext<TalkPage | null>(null);

export const TalkPageProvider = Context.Provider;

export function useTalkPage(): TalkPage {
  const page = useContext(Context);
  if (page === null) throw new Error('There is no page of the room around this.');
  return page;
}

/** What this page has to do with the room. */
export function useTalk<T>(select: (talk: TalkSnapshot & TalkActions) => T): T {
  return useStore(useTalkPage().talk, select);
}
