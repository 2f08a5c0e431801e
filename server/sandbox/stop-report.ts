/** Why the engine stopped a guest, as the lab reports it: the limit with its value, and the line. */
import type { ReportedError, SourcePosition } from '../errors/protocol.ts';
import type { GuestStop } from './engine/engine.ts';
import type { SandboxLimits } from './limits.ts';
import { MissingModule, type ModuleLoader } from './module-loader.ts';
import { importedNamePosition, importPosition, loopAt } from './places.ts';
import type { Script } from './syntax.ts';

const MEBIBYTE = 1024 * 1024;
const FRAME = /^\s+at (?:.* \()?(.+?):(\d+):(\d+)\)?$/;

export function reportStop(
  stop: GuestStop,
  scripts: Map<string, Script>,
  limits: SandboxLimits,
  overflow: boolean,
): ReportedError {
  const stack = framesOf(stop.guestStack, scripts);
  const at = stack[0];
  const where = at ? { at, stack } : {};
  if (overflow) {
    const value = limits.callBytesPerTurn / MEBIBYTE;
    const message = `One turn of the program sent more than ${value} MiB.`;
    return { code: 'LIMIT_REACHED', message, params: { limit: 'MiB sent per turn', value }, ...where };
  }
  switch (stop.kind) {
    case 'interrupted': {
      const loop = at && loopAt(at.file, scripts.get(at.file), at);
      const message = `The program ran for more than ${limits.turnMs} ms without a pause.`;
      return {
        code: 'LOOP_STOPPED',
        message,
        params: { ms: limits.turnMs },
        ...(loop ? { at: loop, stack: [loop, ...stack.slice(1)] } : {}),
      };
    }
    case 'memory': {
      const megabytes = limits.memoryBytes / MEBIBYTE;
      return {
        code: 'MEMORY_LIMIT',
        message: `The program used more than ${megabytes} MiB of memory.`,
        params: { mb: megabytes },
        ...where,
      };
    }
    case 'thrown':
      return { code: 'SERVER_THREW', message: stop.message, ...where };
    case 'trap':
      return { code: 'SANDBOX_LOST', message: `The sandbox broke: ${stop.message}.`, ...where };
  }
}

/** A static import that fails stops the module before it runs: the engine has no stack for it. */
export function explainImport(
  report: ReportedError,
  loader: ModuleLoader | undefined,
  scripts: Map<string, Script>,
): ReportedError | undefined {
  if (report.code !== 'SERVER_THREW') return undefined;
  const missing = loader?.missing;
  if (!(missing instanceof MissingModule)) return explainMissingName(report, scripts);
  const { specifier, from, message } = missing;
  const at = importPosition(from, scripts.get(from), specifier);
  return {
    code: 'MODULE_NOT_FOUND',
    message,
    params: { module: specifier },
    ...(at ? { at, stack: [at] } : {}),
  };
}

/** `import { nope } from 'http'`: the engine's words name the two, and the script says where. */
function explainMissingName(report: ReportedError, scripts: Map<string, Script>): ReportedError | undefined {
  const match = /^SyntaxError: Could not find export '(.+)' in module '(?:generated:)?(.+)'$/.exec(
    report.message,
  );
  if (!match) return undefined;
  const [, name, module] = match;
  const message = `SyntaxError: The requested module '${module}' does not provide an export named '${name}'`;
  for (const [file, script] of scripts) {
    const at = importedNamePosition(file, script, name!);
    if (at) return { code: 'SYNTAX_ERROR', message, at };
  }
  return { code: 'SYNTAX_ERROR', message };
}

function framesOf(stack: string, scripts: Map<string, Script>): SourcePosition[] {
  return stack.split('\n').flatMap((line) => {
    const match = FRAME.exec(line);
    return match && scripts.has(match[1]!)
      ? [{ file: match[1]!, line: Number(match[2]), column: Number(match[3]) }]
      : [];
  });
}
