/** Bytes of `text` in UTF-8; a surrogate without its other half counts as U+FFFD, as encoders write it. */
export function utf8Length(text: string, from = 0): number {
  let bytes = 0;
  for (let index = from; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHigh(unit) && isLow(text.charCodeAt(index + 1))) {
      bytes += 4;
      index++;
    } else bytes += 3;
  }
  return bytes;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** Not of NaN, which is behind the end. */
function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
