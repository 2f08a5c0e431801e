/** Functions of a page that scripts from the server call by name. */

let count = 0;

/** Puts `called` where scripts find it. @param page the window whose scripts call. @returns its name, and takes it away. */
export function addCallback(
  page: Window,
  called: (value: unknown) => void,
): { name: string; remove(): void } {
  const name = `chat${++count}`;
  const globals = page as unknown as Record<string, unknown>;
  globals[name] = called;
  return {
    name,
    // A script that comes too late finds a function that does nothing, instead of an error.
    remove: () => (globals[name] = nothing),
  };
}

function nothing(): void {
  // Its request was given up.
}
