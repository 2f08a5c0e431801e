/** What the panel of the network offers; the lab API takes anything in between. */
import type { Conditions } from '#protocol/telemetry';

export const JITTERS_MS = [0, 10, 50, 100, 200, 500] as const;

/** Bytes a second; 0 stands for no limit. A modem, 2G, 3G, a poor and a good line. */
export const BANDWIDTHS = [0, 5_000, 20_000, 50_000, 200_000, 1_000_000] as const;

export const PROXIES = [
  'direct',
  'buffering',
  'idle-timeout',
] as const satisfies readonly Conditions['proxy'][];

export const BUFFERS_BYTES = [512, 1024, 4096, 8192, 16_384, 32_768, 65_536] as const;

/** Bytes of a piece; 0 stands for no knife. */
export const SPLITS_BYTES = [0, 1, 2, 3, 5, 10, 20, 50, 100] as const;

export const IDLES_MS = [1000, 2000, 5000, 10_000, 30_000, 60_000] as const;

/** `50 kB/s`, `1 MB/s`: SI units, as networks are measured. */
export function bandwidthText(bytesPerSecond: number): string {
  return bytesPerSecond >= 1_000_000 ? `${bytesPerSecond / 1_000_000} MB/s` : `${bytesPerSecond / 1000} kB/s`;
}

/** `32 KiB`, `512 B`: as buffers are measured. */
export function bufferText(bytes: number): string {
  return bytes >= 1024 ? `${Number((bytes / 1024).toFixed(1))} KiB` : `${bytes} B`;
}
