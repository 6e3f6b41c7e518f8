import { basename, relative, sep } from 'node:path';

const vague = ['utils', 'util', 'common', 'helpers', 'helper', 'shared', 'core', 'manager', 'base', 'misc', 'types'];
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const fileName = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      kebab: 'Name files and folders in kebab-case: "{{name}}" is not.',
      vague: 'The name "{{name}}" says nothing; name the file or folder after what it does.',
    },
  },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep);
    return {
      Program(node) {
        for (const part of path) {
          if (part.startsWith('.')) continue;
          const [stem, ...suffixes] = basename(part).split('.');
          const isDirectory = part !== path.at(-1);
          if (!kebabCase.test(stem)) context.report({ node, messageId: 'kebab', data: { name: part } });
          const words = [stem, ...(isDirectory ? [] : suffixes.slice(0, -1))];
          const empty = words.find((word) => vague.includes(word));
          if (empty) context.report({ node, messageId: 'vague', data: { name: empty } });
        }
      },
    };
  },
};

const constructorParameters = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { max: { type: 'integer' } }, additionalProperties: false }],
    messages: { many: 'A constructor with {{count}} parameters does too much: {{max}} are allowed.' },
  },
  create(context) {
    const max = context.options[0]?.max ?? 4;
    return {
      'MethodDefinition[kind="constructor"]'(node) {
        const count = node.value.params.length;
        if (count > max) context.report({ node, messageId: 'many', data: { count, max } });
      },
    };
  },
};

/** The rules of the house that no published plugin has. */
export const house = {
  meta: { name: 'house' },
  rules: { 'file-name': fileName, 'constructor-parameters': constructorParameters },
};
