export * from './choose-schema.js';
export { coerceValue, numberOf, type LeafValue } from './coerce-value.js';
export * from './dates-of-text.js';
export * from './extract-document.js';
export { pointedAt, pointerTo } from './json-pointers.js';
export { currencyOfMark } from './read-amounts.js';
export { boundKeywords, factsOf, readSchemaNode, type LeafType, type SchemaNode } from './schema-node.js';
export { violationsOf } from './violations-of.js';
