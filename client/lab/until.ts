interface Store<State> {
  getState(): State;
  subscribe(listener: (state: State) => void): () => void;
}

/**
 * Waits for something in a store. Resolves with what `look` finds, now or when the store changes; with undefined when
 * it has found nothing for `withinMs`.
 *
 * @param look Called with every state until it returns something; must not throw.
 */
export function until<State, Found>(
  store: Store<State>,
  look: (state: State) => Found | undefined,
  withinMs: number,
): Promise<Found | undefined> {
  return new Promise((resolve) => {
    const done = (found: Found | undefined) => {
      clearTimeout(late);
      unsubscribe();
      resolve(found);
    };
    const check = (state: State) => {
      const found = look(state);
      if (found !== undefined) done(found);
    };
    const late = setTimeout(() => done(undefined), withinMs);
    const unsubscribe = store.subscribe(check);
    check(store.getState());
  });
}
