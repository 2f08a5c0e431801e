/** Reads what `store` kept under this key; the fallback when nothing was, or storage is refused. */
export function stored<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback; // private mode, a full disk, or a value of an older version
  }
}

/** Keeps a value for the next visit; does nothing where storage is refused. */
export function store(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    return; // the visit goes on without a memory
  }
}
