export * from './choose-schema.js';
export { coerceValue, numberOf, type LeafValue } from './coerce-value.js';
export * from './dates-of-text.js';
export * from './extract-document.js';
export { currencyOfMark } from './read-amounts.js';
export { readSchemaNode, type LeafType, type SchemaNode } from './schema-node.js';
export { pointedAt } from './pointed-at.js';
export { violationsOf, type Violation } from './violations-of.js';
