import type { Capability, ImageDetail, PictureFacts } from '@waybill/llm-routing';
import { DoorError } from '../http/door-error.js';
import { lookAtPictures, type EmbeddedPicture } from '../pictures/embedded-picture.js';
import type { ChatBody } from './chat-body.js';
import { embeddedFiles, type EmbeddedFile } from './embedded-files.js';

/** What is known of a request without parsing it. */
export interface ChatFacts {
  /** As the client wrote it. */
  readonly model: string;
  readonly isStream: boolean;
  /** The client itself wants a stream to tell its usage. */
  readonly wantsUsage: boolean;
  readonly streamOptions: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens: number | undefined;
  readonly hasSchema: boolean;
  /** The text of the answer is to be JSON. */
  readonly answersInJson: boolean;
  readonly needs: readonly Capability[];
  readonly pictures: readonly PictureFacts[];
  /** Those of them that stand in the body, in order, with what their headers say. */
  readonly embedded: readonly EmbeddedPicture[];
  /** The closest look that is asked for. */
  readonly detail: ImageDetail;
  readonly files: readonly EmbeddedFile[];
  /** Everything but embedded files. */
  readonly textBytes: number;
}

/** A picture whose header says nothing is reckoned as large as models still look at. */
const assumedEdgePx = 2_048;
const unknownPicture = { widthPx: assumedEdgePx, heightPx: assumedEdgePx, bytes: 0, mediaType: 'image/jpeg' };

/** @throws DoorError naming the member that is wrong */
export function chatFacts(body: ChatBody): ChatFacts {
  const model = body.value('model');
  if (typeof model !== 'string' || model === '') {
    throw wrong('model', 'Name a model, for example "waybill/auto".');
  }
  if (!body.has('messages')) throw wrong('messages', 'Send "messages".');
  const files = embeddedFiles(body);
  const embedded = lookAtPictures(body, files);
  const byAddress = Math.max(0, body.imageUrls - embedded.length);
  const streamOptions = body.value('stream_options');
  const options = isObject(streamOptions) ? streamOptions : {};
  const isStream = body.value('stream') === true;
  const format = body.value('response_format');
  const hasSchema = isObject(format) && format['type'] === 'json_schema';
  const answersInJson = hasSchema || (isObject(format) && format['type'] === 'json_object');
  const inFiles = files.reduce((sum, { span }) => sum + span.end - span.start, 0);
  const pictures = embedded.map(factsOf);
  for (let more = byAddress; more > 0; more -= 1) pictures.push(unknownPicture);
  const needs: Capability[] = [];
  if (isStream) needs.push('streaming');
  if (hasTools(body.value('tools'))) needs.push('tools');
  if (hasSchema) needs.push('strictJsonSchema');
  if (files.some(({ mediaType }) => mediaType === 'application/pdf')) needs.push('pdf');
  if (asksTemperature(body.value('temperature'))) needs.push('temperature');
  // Written out: spreading small objects and lists is a tenth of what a short chat costs here.
  return {
    model,
    isStream,
    wantsUsage: options['include_usage'] === true,
    streamOptions: options,
    maxOutputTokens: maxOutputOf(body),
    hasSchema,
    answersInJson,
    needs,
    pictures,
    embedded,
    detail: closestOf(embedded),
    files,
    textBytes: body.bytes.length - inFiles,
  };
}

function factsOf({ file: { bytes, mediaType }, header }: EmbeddedPicture): PictureFacts {
  const { widthPx, heightPx } = header ?? unknownPicture;
  return { widthPx, heightPx, bytes, mediaType };
}

function closestOf(embedded: readonly EmbeddedPicture[]): ImageDetail {
  if (embedded.some(({ detail }) => detail === 'original')) return 'original';
  return embedded.length > 0 && embedded.every(({ detail }) => detail === 'low') ? 'low' : 'high';
}

const limitKeys = ['max_completion_tokens', 'max_tokens'];

function maxOutputOf(body: ChatBody): number | undefined {
  for (const key of limitKeys) {
    const value = body.value(key);
    if (value === undefined || value === null) continue;
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    throw wrong(key, `"${key}" must be a whole number above 0.`);
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const hasTools = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
const asksTemperature = (value: unknown): boolean => typeof value === 'number' && value !== 1;

const wrong = (param: string, message: string): DoorError => new DoorError(400, 'invalid_request', message, { param });
