export { default as app } from './app.json';
