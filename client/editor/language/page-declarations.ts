/** What client.js has besides the browser: see `client/stage/runtime/origins.ts`. */
export const PAGE_DECLARATIONS: Record<string, string> = {
  'file:///lab.d.ts': `
/** The lab that this page belongs to. */
declare const lab: {
  /**
   * Where the ports that server.js listens on really are, e.g. \`lab.origins[8088]\` is \`'http://localhost:20011'\`.
   * A request to \`http://localhost:8088/\` gets there too; what the browser tells (\`event.origin\`, \`response.url\`)
   * names the real origin.
   */
  readonly origins: Readonly<Record<number, string>>;
};
`,
};
