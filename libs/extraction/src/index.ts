export * from './extract-document.js';
