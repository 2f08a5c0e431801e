/** Each theme and each language once: words do not depend on colours, nor colours on words. */
export const LOOKS = [
  { colorScheme: 'light', locale: 'en' },
  { colorScheme: 'dark', locale: 'zh-CN' },
] as const;
