/** The mark: the levels of the bits 1, 0, 1; the browser's half and the server's half meet at the bottom. */
export function Logo() {
  return (
    <svg
      viewBox="0 0 38 20"
      width="38"
      height="20"
      aria-hidden="true"
      fill="none"
      strokeWidth="2.6"
      style={{ display: 'block', flex: 'none' }}
    >
      <path d="M1 3.3h11.3v13.4H19" stroke="var(--browser)" />
      <path d="M19 16.7h6.7V3.3H37" stroke="var(--server)" />
    </svg>
  );
}
