export declare function buildSandbox(options: { outDir: string }): Promise<{ imageBytes: number }>;
