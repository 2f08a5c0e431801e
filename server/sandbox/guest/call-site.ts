/** V8's CallSite, which packages read through `Error.prepareStackTrace`: the members that the engine's has not. */

const MEMBERS: ThisType<CallSite> & Record<string, unknown> = {
  getThis: () => undefined,
  getTypeName: () => null,
  getFunction: () => undefined,
  getMethodName: () => null,
  getEvalOrigin: () => undefined,
  getScriptNameOrSourceURL() {
    return this.getFileName();
  },
  getScriptHash: () => '',
  getPromiseIndex: () => null,
  getPosition: () => 0,
  isToplevel: () => true,
  isEval: () => false,
  isConstructor: () => false,
  isAsync: () => false,
  isPromiseAll: () => false,
  toString(): string {
    const name = this.getFunctionName();
    const place = `${this.getFileName() ?? '<anonymous>'}:${this.getLineNumber()}:${this.getColumnNumber()}`;
    return name ? `${name} (${place})` : place;
  },
};

/** The engine tells its class only by an instance. */
export function completeCallSites(): void {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_error, frames) => frames;
  const [frame] = (new Error('a frame') as unknown as { stack: CallSite[] }).stack;
  Error.prepareStackTrace = prepareStackTrace;
  if (!frame) return;
  const prototype = Object.getPrototypeOf(frame) as object;
  for (const [name, value] of Object.entries(MEMBERS)) {
    if (!Object.hasOwn(prototype, name))
      Object.defineProperty(prototype, name, {
        value,
        writable: true,
        configurable: true,
        enumerable: false,
      });
  }
}
