export { default as chat } from './chat.json';
export * from './playground.ts';
