export { default as course } from './course.json';
