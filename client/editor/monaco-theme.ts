import { editor } from './monaco-core.ts';

/** Monaco wants colours as hex. The canvas turns any opaque CSS colour into it. */
function createTokenReader(): (token: string) => string {
  const styles = getComputedStyle(document.documentElement);
  const canvas = document.createElement('canvas').getContext('2d')!;
  return (token) => {
    canvas.fillStyle = styles.getPropertyValue(token).trim();
    return canvas.fillStyle;
  };
}

const NAME = 'lab';

function define(): void {
  const token = createTokenReader();
  const ink = (name: string) => token(name).slice(1);
  const clear = '#00000000';
  editor.defineTheme(NAME, {
    base: document.documentElement.dataset['theme'] === 'dark' ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: ink('--ink') },
      { token: 'keyword', foreground: ink('--c-key'), fontStyle: 'bold' },
      { token: 'string', foreground: ink('--c-str') },
      { token: 'string.invalid', foreground: ink('--bad') },
      { token: 'regexp', foreground: ink('--c-str') },
      { token: 'number', foreground: ink('--c-num') },
      { token: 'property', foreground: ink('--c-prop') },
      { token: 'comment', foreground: ink('--c-com') },
      { token: 'tag', foreground: ink('--c-key') },
      { token: 'metatag', foreground: ink('--c-com') },
      { token: 'attribute.name', foreground: ink('--c-prop') },
      { token: 'attribute.value', foreground: ink('--c-str') },
    ],
    colors: {
      'editor.background': token('--sheet'),
      'editor.foreground': token('--ink'),
      'editorLineNumber.foreground': token('--ink-3'),
      'editorLineNumber.activeForeground': token('--ink'),
      'editorCursor.foreground': token('--ink'),
      'editor.lineHighlightBorder': token('--line'),
      'editor.lineHighlightBackground': clear,
      'editor.selectionBackground': `${token('--browser')}40`,
      'editor.inactiveSelectionBackground': `${token('--browser')}26`,
      'editor.selectionHighlightBackground': `${token('--browser')}1f`,
      'editor.wordHighlightBackground': `${token('--ink')}14`,
      'editor.wordHighlightStrongBackground': `${token('--ink')}1f`,
      'editor.wordHighlightTextBackground': `${token('--ink')}14`,
      'editor.findMatchBackground': clear,
      'editor.findMatchBorder': token('--ink'),
      'editor.findMatchHighlightBackground': clear,
      'editor.findMatchHighlightBorder': token('--line-3'),
      'editorBracketMatch.background': clear,
      'editorBracketMatch.border': token('--line-3'),
      'editorError.foreground': token('--bad'),
      'editorWarning.foreground': token('--length-ink'),
      'editorGutter.background': token('--sheet'),
      'editorWidget.background': token('--sheet'),
      'editorWidget.foreground': token('--ink'),
      'editorWidget.border': token('--line-3'),
      'editorHoverWidget.background': token('--sheet'),
      'editorHoverWidget.foreground': token('--ink'),
      'editorHoverWidget.border': token('--line-3'),
      'editorSuggestWidget.background': token('--sheet'),
      'editorSuggestWidget.foreground': token('--ink'),
      'editorSuggestWidget.border': token('--line-3'),
      'editorSuggestWidget.selectedBackground': token('--sunk'),
      'editorSuggestWidget.selectedForeground': token('--ink'),
      'editorSuggestWidget.highlightForeground': token('--browser'),
      'editorSuggestWidget.focusHighlightForeground': token('--browser'),
      'list.hoverBackground': token('--sunk'),
      'list.activeSelectionBackground': token('--sunk'),
      'list.activeSelectionForeground': token('--ink'),
      'input.background': token('--sheet'),
      'input.foreground': token('--ink'),
      'input.border': token('--line-3'),
      'input.placeholderForeground': token('--ink-3'),
      focusBorder: token('--focus'),
      foreground: token('--ink'),
      'icon.foreground': token('--ink-2'),
      'textLink.foreground': token('--browser'),
      'textLink.activeForeground': token('--browser'),
      'textCodeBlock.background': token('--sunk'),
      'widget.shadow': clear,
      'scrollbar.shadow': clear,
      'scrollbarSlider.background': `${token('--line-3')}66`,
      'scrollbarSlider.hoverBackground': `${token('--line-3')}99`,
      'scrollbarSlider.activeBackground': `${token('--line-3')}cc`,
    },
  });
  editor.setTheme(NAME);
}

let watching = false;

/** Draws every editor with the tokens of `client/ui`, now and whenever the theme changes. */
export function followTheme(): void {
  if (watching) return;
  watching = true;
  define();
  new MutationObserver(define).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}
