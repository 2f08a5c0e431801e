export interface EditorMetrics {
  fontFamily: string;
  fontSize: number;
  lineHeight: number;
}

/** Type of the code, as the tokens have it where the editor stands, in px. */
export function metricsOf(host: HTMLElement): EditorMetrics {
  const styles = getComputedStyle(host);
  return {
    fontFamily: styles.fontFamily,
    fontSize: parseFloat(styles.fontSize),
    lineHeight: parseFloat(styles.lineHeight),
  };
}
