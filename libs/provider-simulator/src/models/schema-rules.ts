/** What a provider refuses of the schema of an answer, in its own words; undefined where it takes it. */
export type SchemaRule = (schema: Schema, name: string) => string | undefined;

type Schema = Readonly<Record<string, unknown>>;

/** A place of a schema with the way to it. */
interface Place {
  readonly node: Schema;
  readonly path: readonly string[];
}

function placesOf(node: Schema, path: readonly string[] = []): Place[] {
  const inner = (value: unknown, ...names: string[]): Place[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? placesOf(value as Schema, [...path, ...names])
      : [];
  const alternatives = ['anyOf', 'oneOf', 'allOf'].flatMap((word) =>
    Array.isArray(node[word]) ? (node[word] as unknown[]).flatMap((one, at) => inner(one, word, String(at))) : [],
  );
  const properties = Object.entries((node.properties ?? {}) as Schema);
  return [
    { node, path },
    ...properties.flatMap(([name, value]) => inner(value, 'properties', name)),
    ...inner(node.items, 'items'),
    ...Object.entries((node.$defs ?? {}) as Schema).flatMap(([name, value]) => inner(value, '$defs', name)),
    ...alternatives,
  ];
}

const contextOf = (path: readonly string[]): string =>
  `In context=(${path.map((part) => `'${part}'`).join(', ')}${path.length === 1 ? ',' : ''})`;
const typesOf = ({ type }: Schema): unknown[] => [type ?? []].flat();
const firstOf = <Found>(places: readonly Place[], find: (place: Place) => Found | undefined): Found | undefined =>
  places.map(find).find((found) => found !== undefined);

const notPermitted = [
  ...['allOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentRequired', 'dependentSchemas', 'patternProperties'],
  ...['propertyNames', 'minProperties', 'maxProperties', 'prefixItems', 'contains', 'uniqueItems'],
  ...['minLength', 'maxLength'],
];

/** OpenAI's strict mode: https://developers.openai.com/api/docs/guides/structured-outputs */
const strictOf =
  (refused: readonly string[]): SchemaRule =>
  (schema, name) => {
    const invalid = (sentence: string) => `Invalid schema for response_format '${name}': ${sentence}`;
    if (schema.type !== 'object') return invalid(`schema must be a JSON Schema of 'type: "object"'.`);
    return firstOf(placesOf(schema), ({ node, path }) => {
      const context = contextOf(path);
      const word = refused.find((each) => each in node);
      if (word) return invalid(`${context}, '${word}' is not permitted.`);
      if (!typesOf(node).includes('object')) return undefined;
      if (node.additionalProperties !== false) {
        return invalid(`${context}, 'additionalProperties' is required to be supplied and to be false.`);
      }
      const names = Object.keys(node.properties ?? {});
      const missing = names.find((each) => !(node.required as string[] | undefined)?.includes(each));
      if (missing === undefined) return undefined;
      const rule = `'required' is required to be supplied and to be an array including every key in properties.`;
      return invalid(`${context}, ${rule} Missing '${missing}'.`);
    });
  };

const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

/** https://platform.claude.com/docs/en/build-with-claude/structured-outputs; the words are those of issues about it. */
export const claudeRule: SchemaRule = (schema) => {
  const places = placesOf(schema);
  const unions = places.filter(({ node }) => node.anyOf !== undefined || typesOf(node).length > 1).length;
  if (unions > 16) {
    const counted = `${unions} parameters with type arrays or anyOf, limit: 16`;
    return `Schemas contains too many parameters with union types (${counted}).`;
  }
  return firstOf(places, ({ node }) => {
    const type = String(typesOf(node)[0]);
    const words = [...bounds, 'minLength', 'maxLength', 'maxItems', 'uniqueItems'].filter((each) => each in node);
    if (words.length > 0) {
      const what = words.length === 1 ? `property '${words[0]}' is` : `properties ${words.join(', ')} are`;
      return `output_config.format.schema: For '${type}' type, ${what} not supported`;
    }
    if (type !== 'object' || node.additionalProperties === false) return undefined;
    return `output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false`;
  });
};

/** Types are one word each, and so are formats: what the API's older dialect of schemas takes. */
export const geminiRule: SchemaRule = (schema) =>
  firstOf(placesOf(schema), ({ node, path }) => {
    if (Array.isArray(node.type)) return `Proto field is not repeating, cannot start list at '${path.join('.')}'.`;
    const isText = String(node.type).toLowerCase() === 'string';
    if (!isText || node.format === undefined || node.format === 'enum' || node.format === 'date-time') return undefined;
    return `response_schema.${path.join('.')}.format: only 'enum' and 'date-time' are supported for STRING type`;
  });

const withoutWords =
  (words: readonly string[], sentence: (word: string, path: readonly string[]) => string): SchemaRule =>
  (schema) =>
    firstOf(placesOf(schema), ({ node, path }) => {
      const word = words.find((each) => each in node);
      return word === undefined ? undefined : sentence(word, path);
    });

/** Azure takes fewer words: https://learn.microsoft.com/en-us/azure/foundry/openai/how-to/structured-outputs */
const azure = strictOf([...notPermitted, ...bounds, 'pattern', 'format', 'minItems', 'maxItems']);

/** Of those who speak like OpenAI, by the name at the beginning of the path; who is not here refuses nothing. */
export const openAiLikeRules: Readonly<Record<string, SchemaRule>> = {
  v1: strictOf(notPermitted),
  openai: azure,
  azure,
  mistral: withoutWords(['format', '$id', '$schema'], (word) => `Received unsupported keyword \`${word}\` in schema.`),
  groq: withoutWords(
    ['minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength'],
    (word, path) =>
      `invalid schema for response format: response_format/json_schema/${path.join('/')}: ${word} is not supported`,
  ),
  xai: withoutWords(['minLength', 'maxLength', 'minItems', 'maxItems'], (word) => `Unsupported keyword: ${word}`),
  vllm: withoutWords(
    ['multipleOf', 'uniqueItems', 'contains'],
    () => 'The provided JSON schema contains features not supported by xgrammar.',
  ),
};
