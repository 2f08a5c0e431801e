/**
 * The sandbox's door.
 *
 * In: a learner's files and a `SandboxHost`. Out: calls on that host, and the promise that nothing else
 * is reached (SPEC.md). Knows nothing of labs, taps, telemetry or who opens the ports.
 */
export { createSandboxPool, type SandboxPoolOptions } from './pool.ts';
export * from './contract.ts';
