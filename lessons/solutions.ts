import type { LessonPatch } from './contract.ts';

/** How a lesson's stream differs from the others': in what it keeps of a message, and in how it sends that. */
interface Stream {
  /** The statement that sends a new message to every open answer. */
  sends: string;
  /** What is kept of a message: the name of a variable beside that statement. */
  keeps: string;
  /** The expression that is written for what was kept; `kept` is the source of the expression that reads it. */
  writes?: (kept: string) => string;
  /** The argument of the `end()` after the third message. */
  last?: string;
}

/**
 * On the server: an answer that ends after three messages, and begins with the one after the last that the page had.
 * Several lessons set it as a challenge, with the same server; what the page does then is each lesson's own.
 */
export function threeToAStream({ sends, keeps, writes = (kept) => kept, last = '' }: Stream): LessonPatch[] {
  return [
    {
      id: 'history',
      file: 'server.js',
      find: 'let id = 0;',
      replace: 'const history = [];\nlet id = 0;',
    },
    {
      id: 'keep',
      file: 'server.js',
      find: sends,
      replace: `  history.push(${keeps});\n  for (const send of open) send();`,
    },
    {
      id: 'serve',
      file: 'server.js',
      find: "  open.add(res);\n  res.on('close', () => open.delete(res));",
      replace: [
        "  let next = Number(new URL(req.url, 'http://localhost').searchParams.get('after'));",
        '  const last = next + 3;',
        '  const send = () => {',
        `    while (next < last && next < history.length) res.write(${writes('history[next++]')});`,
        `    if (next === last) res.end(${last});`,
        '  };',
        '  open.add(send);',
        "  res.on('close', () => open.delete(send));",
        '  send();',
      ].join('\n'),
    },
  ];
}
