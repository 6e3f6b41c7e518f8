import { readFile } from 'node:fs/promises';
import { builtInSchemaNames, jsonSchemaSchema, type ExtractTask } from '@waybill/contracts';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';

type BuiltInName = (typeof builtInSchemaNames)[number];

const isBuiltIn = (name: string): name is BuiltInName => (builtInSchemaNames as readonly string[]).includes(name);

/**
 * The schema of an `extract` task: a built-in one by its name, or a JSON Schema from a file.
 * @throws CliError `notFound` or `refused`
 */
export async function readSchema(
  name: string,
  resolvePath: (path: string) => string,
): Promise<NonNullable<ExtractTask['schema']>> {
  if (isBuiltIn(name)) return name;
  const path = resolvePath(name);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CliError(
      exitCodes.notFound,
      `${path} cannot be read as a schema; name a JSON file, or one of the built-in schemas (${builtInSchemaNames.join(', ')}).`,
      { cause: error },
    );
  });
  try {
    return jsonSchemaSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CliError(
      exitCodes.refused,
      `${path} is not a JSON Schema object (${(error as Error).message.split('\n')[0]}); correct the file.`,
      { cause: error },
    );
  }
}
