/**
 * Preloaded into a service, makes it speak as another release does (`WAYBILL_TEST_RELEASE`):
 * - `last`: by what was kept of the last release, it writes and reads no field that was added since;
 * - `next`: it writes a field more into everything, and a wish more into the routing of jobs with the tag `asks-more`; both
 *   it knows when it reads them.
 * Only the payloads on their way to and from NATS are touched.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const fromJetstream = createRequire(require.resolve('@nats-io/jetstream'));
const { MsgImpl, NatsConnectionImpl } = fromJetstream('@nats-io/nats-core/internal');

const { contents } = JSON.parse(readFileSync(new URL('../../contracts/last-release.json', import.meta.url), 'utf8'));
const carried = Object.values(contents).filter(({ subjects }) => subjects);

const matches = (pattern, subject) => {
  const [wanted, given] = [pattern.split('.'), subject.split('.')];
  const rest = wanted.at(-1) === '>' ? given.length >= wanted.length : given.length === wanted.length;
  return rest && wanted.every((token, index) => token === '*' || token === '>' || token === given[index]);
};
const contentOf = (subject) => carried.find(({ subjects }) => subjects.some((pattern) => matches(pattern, subject)));

/** The branch of a union that a value is of: the one whose constants are the value's. */
function branchOf(node, value) {
  const options = node.anyOf ?? node.oneOf;
  if (!options) return node;
  const fits = ({ properties = {} }) =>
    Object.entries(properties).every(([key, { const: wanted }]) => wanted === undefined || value?.[key] === wanted);
  const found = options.find((option) => fits(option) && (option.type === 'object') === isObject(value));
  return found ? branchOf(found, value) : {};
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a client asks for: readers refuse what they do not know of it. */
const wishes = ['task', 'routing', 'reading', 'callback'];

/** The value with every object that the schema describes changed by `change(object, schema, isWish)`. */
function mapObjects(value, schema, change, isWish = false) {
  const node = branchOf(schema, value);
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, node.items ?? {}, change, isWish));
  if (!isObject(value)) return value;
  const below = (key) =>
    node.properties?.[key] ?? (isObject(node.additionalProperties) ? node.additionalProperties : {});
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      mapObjects(item, below(key), change, isWish || wishes.includes(key)),
    ]),
  );
  return node.properties ? change(inner, node, isWish) : inner;
}

const known = (object, { properties }) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key in properties));
/** Where the reader was strict it refuses by itself, as it did. */
const knownUnlessStrict = (object, node) => (node.additionalProperties === false ? object : known(object, node));

const asksMore = (payload) => JSON.stringify(payload).includes('"asks-more"');
const isRouting = ({ properties }) => 'tier' in properties && 'maxCostUsd' in properties;
const withMore = (isAskingMore) => (object, node, isWish) => {
  if (!isWish) return { ...object, addedLater: true };
  return isAskingMore && isRouting(node) ? { ...object, speed: 'low' } : object;
};
const withoutMore = ({ addedLater: _addedLater, speed: _speed, ...object }) => object;

const speakers = {
  last: {
    say: (payload, { writes }) => mapObjects(payload, writes, known),
    hear: (payload, { reads }) => mapObjects(payload, reads, knownUnlessStrict),
  },
  next: {
    say: (payload, { reads }) => mapObjects(payload, reads, withMore(asksMore(payload))),
    hear: (payload, { reads }) => mapObjects(payload, reads, withoutMore),
  },
};
const speaker = speakers[process.env.WAYBILL_TEST_RELEASE];

const translated = (subject, data, translate) => {
  const content = data && data.length > 0 ? contentOf(subject) : undefined;
  if (!content) return data;
  return Buffer.from(JSON.stringify(translate(JSON.parse(Buffer.from(data).toString()), content)));
};

const { publish, request } = NatsConnectionImpl.prototype;
NatsConnectionImpl.prototype.publish = function inOwnWords(subject, data, options) {
  publish.call(this, subject, translated(subject, data, speaker.say), options);
};
NatsConnectionImpl.prototype.request = function inOwnWords(subject, data, options) {
  return request.call(this, subject, translated(subject, data, speaker.say), options);
};

const { get: original } = Object.getOwnPropertyDescriptor(MsgImpl.prototype, 'data');
const heard = new WeakMap();
Object.defineProperty(MsgImpl.prototype, 'data', {
  get() {
    if (!heard.has(this)) {
      const subject = this.headers?.get('Nats-Subject') || this.subject;
      heard.set(this, translated(subject, original.call(this), speaker.hear));
    }
    return heard.get(this);
  },
});
