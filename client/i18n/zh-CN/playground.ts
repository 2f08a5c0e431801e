export { default as editor } from './editor.json';
export { default as errors } from './errors.json';
export { default as inspect } from './inspect.json';
export { default as lab } from './lab.json';
export { default as stage } from './stage.json';
export { default as wire } from './wire.json';
