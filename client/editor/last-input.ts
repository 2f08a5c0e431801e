/**
 * Whether the focus moves because of the keyboard. Text fields match `:focus-visible` after a click too,
 * so the selector cannot tell.
 */
let byTab = false;

if (typeof document !== 'undefined') {
  document.addEventListener('keydown', ({ key }) => (byTab = key === 'Tab'), { capture: true });
  document.addEventListener('pointerdown', () => (byTab = false), { capture: true });
}

export const focusCameByKeyboard = (): boolean => byTab;
