/** What a lab does otherwise than Node, by the program's title, and why. */
export const DIFFERENCES: Record<string, string> = {};
