import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EXPERIMENT_IDS, experimentLines } from './experiments.ts';
import { bytesOf, originalLines, setText } from './lines.ts';
import { useRequest } from './request-store.ts';

const TO = { authority: 'localhost:8080', origin: 'http://localhost:8080' };
const shelf = vi.hoisted(() => new Map<string, unknown>());
// The door of `client/ui` asks the window for its theme; the request wants only what is kept.
vi.mock('../ui/index.ts', () => ({
  stored: (key: string, fallback: unknown) => shelf.get(key) ?? fallback,
  store: (key: string, value: unknown) => void shelf.set(key, value),
}));

const typed = (text: string) => {
  const { lines, edit } = useRequest.getState();
  edit(setText(lines, 'host', text, TO), 'host');
};
const host = () => useRequest.getState().lines.find(({ id }) => id === 'host')!.text;

beforeEach(() => {
  shelf.clear();
  useRequest.getState().open('another');
  useRequest.getState().open('websocket');
});

describe('the request of a lesson', () => {
  it('is there again at the next visit', () => {
    typed('Host: x');
    useRequest.getState().open('another');
    expect(host()).toBeNull();
    useRequest.getState().open('websocket');
    expect(host()).toBe('Host: x');
  });

  it('begins anew when what was kept is of no use', () => {
    shelf.set('workbench.spoiled', [{ id: 'host', text: 'x' }]);
    useRequest.getState().open('spoiled');
    expect(useRequest.getState().lines).toEqual(originalLines());
  });

  it('takes back what was typed into one line at once, then what was before', () => {
    useRequest.getState().try('no-key', TO);
    typed('H');
    typed('Ho');
    expect(useRequest.getState().experiment).toBeNull();
    useRequest.getState().undo();
    expect(useRequest.getState().lines).toEqual(experimentLines('no-key', TO));
    useRequest.getState().undo();
    expect(useRequest.getState().lines).toEqual(originalLines());
    useRequest.getState().undo();
    expect(useRequest.getState().lines).toEqual(originalLines());
  });

  it('does what the text asks once, whoever looks again', () => {
    const wanted = { experiment: 'post' };
    useRequest.getState().ask(wanted, TO);
    expect(useRequest.getState().experiment).toBe('post');
    typed('Host: mine');
    useRequest.getState().ask(wanted, TO);
    expect(host()).toBe('Host: mine');
    useRequest.getState().ask({ experiment: null }, TO);
    expect(useRequest.getState().lines).toEqual(originalLines());
  });
});

describe('every experiment', () => {
  it.each(EXPERIMENT_IDS)('changes the request: %s', (id) => {
    const bytes = Buffer.from(bytesOf(experimentLines(id, TO), TO)).toString('latin1');
    expect(bytes).not.toBe(Buffer.from(bytesOf(originalLines(), TO)).toString('latin1'));
  });
});
