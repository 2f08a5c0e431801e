export { default as race } from './race.json';
export { default as stage } from './stage.json';
