import { describe, expect, it } from '@jest/globals';
import { applyOverlay } from './apply-overlay.js';
import { parseCatalog } from './catalog.js';
import { checkCatalog } from './check-catalog.js';
import { diffCatalogs } from './diff-catalogs.js';
import { findModel } from './find-model.js';
import { shippedCatalog } from './shipped-catalog.js';
import { unfit, type RequestNeeds } from './unfit.js';

const provider = { id: 'acme', title: 'Acme' };
const model = {
  ...{ id: 'acme/one-2026-01-02', provider: 'acme', model: 'one-2026-01-02', tier: 1, tasks: ['extract'] },
  prices: { kind: 'metered', usdPerMillion: { standard: { input: 1, output: 2 } } },
  capabilities: { vision: true, streaming: false },
  limits: {
    ...{ contextTokens: 1_000, maxOutputTokens: 500, maxImages: 2 },
    ...{ maxImageBytes: 100, maxRequestBytes: 1_000, imageMediaTypes: ['image/png'] },
  },
  imageRule: { rule: 'gemini-tiles', smallEdgePx: 384, tilePx: 768, tokensPerTile: 258 },
};
const data = { providers: [provider], models: [model], aliases: { 'acme/one': model.id } };
const catalog = parseCatalog(data);

describe('parseCatalog', () => {
  it.each([
    ['a model twice', { ...data, models: [model, model] }, 'acme/one-2026-01-02.id: acme/one-2026-01-02 stands'],
    ['a stranger as provider', { ...data, providers: [{ id: 'b', title: 'B' }] }, 'add "acme" to the providers'],
    ['an alias to nothing', { ...data, aliases: { 'acme/two': 'acme/nothing' } }, 'acme/nothing is not in the catalog'],
    ['an alias that is a model', { ...data, aliases: { [model.id]: model.id } }, 'choose another alias'],
    [
      'an unknown field',
      { ...data, models: [{ ...model, speed: 3 }] },
      'acme/one-2026-01-02: Unrecognized key: "speed"',
    ],
    ['a date that is none', { ...data, models: [{ ...model, retiresOn: 'soon' }] }, 'write a date as 2026-11-21'],
    ['something else', 'a string', 'catalog:'],
  ])('refuses %s with its place', (_what, wrong, sentence) => {
    expect(() => parseCatalog(wrong)).toThrow(sentence);
  });

  it('gives the same facts the same version, and other facts another one', () => {
    const shuffled = {
      aliases: data.aliases,
      models: [Object.fromEntries(Object.entries(model).reverse())],
      providers: [provider],
    };
    expect(parseCatalog(shuffled).version).toBe(catalog.version);
    expect(parseCatalog({ ...data, models: [{ ...model, tier: 2 }] }).version).not.toBe(catalog.version);
  });

  it('finds a snapshot by its alias', () => {
    expect(findModel(catalog, 'acme/one')?.id).toBe(model.id);
    expect(findModel(catalog, 'acme/two')).toBeUndefined();
  });
});

describe('applyOverlay', () => {
  it('lets the operator win, fact by fact', () => {
    const overlaid = applyOverlay(catalog, {
      models: [
        { id: model.id, prices: { usdPerMillion: { standard: { input: 3 } } }, imageRule: null },
        { ...model, id: 'acme/two' },
      ],
      aliases: { 'acme/one': 'acme/two' },
    });
    const changed = findModel(overlaid, model.id);
    expect(changed).toMatchObject({ prices: { usdPerMillion: { standard: { input: 3, output: 2 } } }, tier: 1 });
    expect(changed?.imageRule).toBeUndefined();
    expect(findModel(overlaid, 'acme/one')?.id).toBe('acme/two');
    expect(overlaid.version).not.toBe(catalog.version);
  });

  it('replaces metered prices by free ones altogether', () => {
    const overlaid = applyOverlay(catalog, { models: [{ id: model.id, prices: { kind: 'free' } }] });
    expect(findModel(overlaid, model.id)?.prices).toEqual({ kind: 'free' });
  });

  it('removes a model, but not one that an alias stands for', () => {
    const gone = {
      models: [
        { id: model.id, remove: true },
        { ...model, id: 'acme/two' },
      ],
    };
    expect(() => applyOverlay(catalog, gone)).toThrow('is not in the catalog');
    const overlaid = applyOverlay(catalog, { ...gone, aliases: { 'acme/one': null } });
    expect(overlaid.models.map(({ id }) => id)).toEqual(['acme/two']);
  });

  it.each([
    [[], 'must be a JSON object'],
    [{ model: [] }, 'remove "model"'],
    [{ models: {} }, '"models" of the catalog overlay must be a list'],
    [{ models: [{ tier: 1 }] }, 'must have an "id"'],
    [{ models: [{ id: 'acme/new', provider: 'acme' }] }, 'acme/new.model'],
  ])('refuses %j with a sentence', (overlay, sentence) => {
    expect(() => applyOverlay(catalog, overlay)).toThrow(sentence);
  });
});

describe('unfit', () => {
  const card = catalog.models[0]!;
  const needs: RequestNeeds = {
    ...{ task: 'extract', day: '2026-11-21', capabilities: ['vision'], inputTokens: 400, outputTokens: 500 },
    ...{ images: 1, largestImageBytes: 100, requestBytes: 200, imageMediaTypes: ['image/png'] },
  };

  it('has nothing against a model that states all that is needed', () => {
    expect(unfit(card, needs)).toEqual([]);
  });

  it.each<[Partial<RequestNeeds>, string]>([
    [{ task: 'chat' }, 'is not meant for the task "chat"'],
    [{ capabilities: ['tools'] }, 'is not known to offer tools'],
    [{ capabilities: ['streaming'] }, 'does not offer streaming'],
    [{ inputTokens: 501 }, 'takes 1000 context tokens, and 1001 are needed'],
    [{ inputTokens: 1, outputTokens: 501 }, 'takes 500 output tokens, and 501 are needed'],
    [{ images: 3 }, 'takes 2 images, and 3 are needed'],
    [{ largestImageBytes: 101 }, 'takes 100 bytes an image, and 101 are needed'],
    [{ requestBytes: 1_001 }, 'takes 1000 bytes a request, and 1001 are needed'],
    [{ imageMediaTypes: ['image/heic'] }, 'is not known to read image/heic'],
  ])('says what a model cannot do: %j', (more, reason) => {
    expect(unfit(card, { ...needs, ...more })).toEqual([reason]);
  });

  it('counts everything unknown against the model', () => {
    const unknown = { ...card, prices: undefined, imageRule: undefined, limits: {}, retiresOn: '2026-11-21' };
    expect(unfit(unknown, needs)).toEqual([
      'has no known price',
      'was retired on 2026-11-21',
      'has no known limit of context tokens',
      'has no known limit of output tokens',
      'has no known image-token rule',
      'has no known limit of images',
      'has no known limit of bytes an image',
      'has no known limit of bytes a request',
      'is not known to read image/png',
    ]);
  });
});

describe('diffCatalogs and checkCatalog', () => {
  it('tell what an overlay changes', () => {
    const overlaid = applyOverlay(catalog, {
      models: [
        { id: model.id, tier: 2 },
        { ...model, id: 'acme/two' },
      ],
      aliases: { 'acme/one': null },
    });
    expect(diffCatalogs(catalog, overlaid)).toEqual({
      ...{ before: catalog.version, after: overlaid.version, added: ['acme/two'], removed: ['alias acme/one'] },
      changed: [{ id: model.id, differences: [{ fact: 'tier', before: 1, after: 2 }] }],
    });
  });

  it('tell what makes a model useless, and what will', () => {
    const overlaid = applyOverlay(catalog, {
      models: [
        { id: model.id, retiresOn: '2026-12-01', imageRule: null },
        { ...model, id: 'acme/old', model: 'old', retiresOn: '2026-11-21', prices: undefined },
      ],
    });
    const said = checkCatalog(overlaid, '2026-11-21').map(({ level, id, message }) => `${level} ${id} ${message}`);
    expect(said).toContain(`warning ${model.id} retires on 2026-12-01`);
    expect(said).toContain(`warning ${model.id} sees images but has no image-token rule, so it gets none`);
    expect(said).toContain('error acme/old was retired on 2026-11-21');
    expect(said).toContain('warning acme/old has no known price, so it is never a candidate');
    expect(said).toContain('note acme/old is no dated snapshot: its provider may change it unseen');
    expect(said).toContain('note acme promises nothing that we know of about what it keeps');
  });
});

describe('shippedCatalog', () => {
  it('states a price, a source and, where a model sees, everything about images for each model', () => {
    for (const { tier, prices, sources, capabilities, imageRule, limits } of shippedCatalog.models) {
      expect(prices).toBeDefined();
      expect(sources).not.toHaveLength(0);
      if (tier > 0)
        expect(limits).toMatchObject({ contextTokens: expect.any(Number), maxOutputTokens: expect.any(Number) });
      if (capabilities.vision) {
        expect(imageRule).toBeDefined();
        expect(limits).toMatchObject({ maxImages: expect.any(Number), maxRequestBytes: expect.any(Number) });
      }
    }
  });

  it.each(['azure', 'deepseek', 'fireworks', 'google', 'groq', 'mistral', 'openai', 'qwen', 'together', 'xai'])(
    'has somebody to ask, a cheap one too, where only %s has keys',
    (provider) => {
      const own = shippedCatalog.models.filter((model) => model.provider === provider);
      const cheap = own.filter(({ tier, tasks }) => tier <= 2 && tasks.includes('extract'));
      expect(cheap).not.toHaveLength(0);
      for (const { model } of own) expect(own.filter((each) => each.model === model)).toHaveLength(1);
    },
  );

  it('had no retired model when it was made', () => {
    expect(checkCatalog(shippedCatalog, '2026-11-21').filter(({ level }) => level === 'error')).toEqual([]);
  });
});
