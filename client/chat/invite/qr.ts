/** A text as the squares of a QR code (ISO/IEC 18004). */
import encodeQR from 'qr';

/** Empty modules around the code, so that cameras find it (§9.1). */
const QUIET_ZONE = 4;

/** Rows of modules, the quiet zone included; true is dark. Level M: 15 % may be hidden by somebody’s head. */
export function modulesOf(text: string): boolean[][] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
}

/** A rectangle for each dark run of a row; units are modules. */
export function pathOf(modules: readonly (readonly boolean[])[]): string {
  return modules
    .flatMap((row, y) =>
      row.flatMap((isDark, x) => {
        if (!isDark || row[x - 1]) return [];
        const end = row.indexOf(false, x);
        const width = (end < 0 ? row.length : end) - x;
        return `M${x} ${y}h${width}v1h-${width}z`;
      }),
    )
    .join('');
}
