export { default as workbench } from './workbench.json';
