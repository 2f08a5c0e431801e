/** Bytes as text for JSON (RFC 4648 §4), and back. */
export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export const fromBase64: (text: string) => Uint8Array = native() ?? decode;

/** What browsers do by themselves since 2025, ten times as fast. */
function native(): ((text: string) => Uint8Array) | undefined {
  const { fromBase64 } = Uint8Array as unknown as { fromBase64?(text: string): Uint8Array };
  return fromBase64?.bind(Uint8Array);
}

function decode(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
