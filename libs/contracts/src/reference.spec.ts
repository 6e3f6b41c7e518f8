import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { asyncApiDocument, openApiDocument, problems, restRoutes, type SchemaDocument } from './index.js';

/** Diagnostics of the parser count down to 0, the errors. */
const severityOfErrors = 0;
const root = join(import.meta.dirname, '../../..');
const readJson = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>;
const committed = (name: string): SchemaDocument => readJson(`docs/reference/${name}`);

describe('the generated references', () => {
  it('are what the contracts say (run `npm run contracts:generate` after a change)', () => {
    expect(committed('openapi.json')).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    expect(committed('asyncapi.json')).toEqual(JSON.parse(JSON.stringify(asyncApiDocument())));
  });

  it('are valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(openApiDocument()));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('are valid AsyncAPI 3', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApiDocument()));
    expect(diagnostics.filter(({ severity }) => Number(severity) === severityOfErrors)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
  });

  it.each(['openapi.json', 'asyncapi.json'])('resolve every reference of %s', (name) => {
    const document = committed(name);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      const found = reference.split('/').reduce<unknown>((node, key) => (node as SchemaDocument)?.[key], document);
      expect({ reference, found: typeof found }).toEqual({ reference, found: 'object' });
    }
  });
});

describe('the REST routes', () => {
  it('have each operation and each method of a path once', () => {
    const operations = restRoutes.map((route) => route.operation);
    const places = restRoutes.map((route) => `${route.method} ${route.path}`);
    expect(new Set(operations).size).toBe(operations.length);
    expect(new Set(places).size).toBe(places.length);
  });

  it('describe every parameter of their path', () => {
    for (const route of restRoutes) {
      const named = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect({ path: route.path, named: Object.keys(route.parameters?.shape ?? {}) }).toEqual({
        path: route.path,
        named,
      });
    }
  });

  it('give an invalid tenant and an unforeseen error a problem on every operation of a tenant', () => {
    const { paths } = openApiDocument() as { paths: Record<string, Record<string, { responses: object }>> };
    expect(Object.keys(paths['/v1/jobs/{id}']?.get?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', String(problems['invalid-tenant'].status), String(problems.internal.status)]),
    );
  });
});
