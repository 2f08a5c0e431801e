import { describe, expect, it } from 'vitest';
import { applyPatch, patchState, revertPatch } from './patches.ts';

const original = `setInterval(poll, 1000);
poll();

function poll() {
  fetch('/messages').then(show);
}
`;
const patch = (find: string, replace: string) => ({ id: 'p', file: 'client.js', find, replace });

const kinds = [
  { name: 'changes a number', find: 'poll, 1000', replace: 'poll, 250' },
  { name: 'inserts a line', find: 'poll();\n', replace: 'poll();\nconsole.log(1);\n' },
  { name: 'deletes a line', find: 'poll();\n', replace: '' },
  { name: 'deletes part of a line', find: '.then(show)', replace: '' },
  { name: 'writes what stands elsewhere too', find: 'setInterval(poll, 1000);', replace: 'poll();' },
  { name: 'has dollar signs in its new text', find: "'/messages'", replace: "`/messages?$&${'$1'}`" },
  { name: 'replaces the whole file', find: original, replace: 'poll();\n' },
];

describe.each(kinds)('a patch that $name', ({ find, replace }) => {
  const it1 = patch(find, replace);
  const patched = original.split(find).join(replace);

  it('is available, then applied, then available again', () => {
    expect(patchState(original, original, it1)).toBe('available');
    expect(applyPatch(original, original, it1)).toBe(patched);
    expect(patchState(patched, original, it1)).toBe('applied');
    expect(revertPatch(patched, original, it1)).toBe(original);
  });

  it('neither applies twice nor reverts what is not there', () => {
    expect(applyPatch(patched, original, it1)).toBeNull();
    expect(revertPatch(original, original, it1)).toBeNull();
  });
});

describe('a patch on an edited file', () => {
  it('applies and reverts while its place is untouched', () => {
    const edited = `// mine\n${original}// end\n`;
    const number = patch('poll, 1000', 'poll, 250');
    const patched = applyPatch(edited, original, number);
    expect(patched).toBe(edited.replace('1000', '250'));
    expect(revertPatch(patched!, original, number)).toBe(edited);
  });

  it('conflicts once its place was changed by hand', () => {
    expect(patchState(original.replace('1000', '777'), original, patch('poll, 1000', 'poll, 250'))).toBe(
      'conflict',
    );
  });

  it('conflicts when its place occurs twice', () => {
    expect(patchState(original + original, original, patch('poll, 1000', 'poll, 250'))).toBe('conflict');
  });
});
