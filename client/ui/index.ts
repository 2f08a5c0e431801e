/**
 * The look that every screen shares.
 *
 * In: nothing. Out: icons, buttons, dialogs, the mark, the theme, what is kept between visits; `base.css` and `tokens.css`
 * are loaded once, by `main.tsx`.
 * Knows nothing of: lessons, labs, the wire.
 */
export { APPLE } from './apple.ts';
export { Dialog } from './Dialog.tsx';
export { DIGITS_EVERY_MS } from './digits.ts';
export { download } from './download.ts';
export { Icon } from './icons.tsx';
export { IconButton } from './IconButton.tsx';
export { Logo } from './Logo.tsx';
export { MainButton } from './MainButton.tsx';
export { placeBeside } from './place-beside.ts';
export { Popover } from './Popover.tsx';
export { store, stored } from './stored.ts';
export { projectLight, useTheme } from './theme.ts';
export { ToolIcon } from './tool-icons.tsx';
export { copyText } from './copy-text.ts';
export { zoomOf } from './zoom.ts';
