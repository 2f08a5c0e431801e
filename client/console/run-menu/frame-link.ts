/** Links to a message of a run: `#frame=c1-down-3`. They name a message of whatever run is on the wire. */
import { useLab } from '../../lab/index.ts';

/** The message that the address names; null when it names none. */
export function frameOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('frame');
}

/** This address, naming a message. */
export function linkToFrame(address: string, message: string): string {
  const url = new URL(address);
  url.hash = new URLSearchParams({ frame: message }).toString();
  return url.href;
}

/** Selects the message that the address names, as soon as it is on the wire. Returns what ends that. */
export function followFrameLink(): () => void {
  let wanted = frameOf(location.hash);
  const look = (): void => {
    const { run, select } = useLab.getState();
    if (wanted === null || !run?.messages.get(wanted)) return;
    const message = wanted;
    wanted = null;
    select({ message });
  };
  const change = (): void => {
    wanted = frameOf(location.hash);
    look();
  };
  look();
  addEventListener('hashchange', change);
  const end = useLab.subscribe((state, before) => {
    if (state.run !== before.run) look();
  });
  return () => {
    removeEventListener('hashchange', change);
    end();
  };
}
