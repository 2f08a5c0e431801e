/** The part of the WebAssembly API used here; Node's types leave it to the DOM's. */
declare namespace WebAssembly {
  type ModuleImports = Record<string, (...args: never[]) => number | void>;
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- an opaque handle
  class Module {
    private constructor();
  }
  class Instance {
    constructor(module: Module, imports: Record<string, ModuleImports>);
    readonly exports: object;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface Global {
    value: number;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
