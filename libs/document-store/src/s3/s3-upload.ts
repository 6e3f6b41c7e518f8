import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ByteSource } from '../byte-stream.js';
import { partsOf } from './parts-of.js';
import { asked } from './s3-failure.js';

/** Of an upload in parts. S3 takes parts from 5 MiB on, and ten thousand of them: here, 80 GB. */
export const partBytes = 8 * 1_048_576;

interface Target {
  readonly Bucket: string;
  readonly Key: string;
}
interface SentPart {
  readonly PartNumber: number;
  readonly ETag: string | undefined;
}

/**
 * Writes bytes as one object: at once when they are one part, else part after part, so that memory holds the part under
 * way and the one that is gathered meanwhile. Whatever breaks it off, nothing of it stays.
 */
export async function upload(client: S3Client, target: Target, source: ByteSource): Promise<void> {
  const parts = partsOf(source, partBytes);
  try {
    const { value: first } = await parts.next();
    const { value: second } = first ? await parts.next() : { value: undefined };
    if (first && second) return await uploadParts(client, target, chain([first, second], parts));
    const Body = first ?? new Uint8Array();
    await asked(`store ${target.Key}`, () => client.send(new PutObjectCommand({ ...target, Body })));
  } finally {
    await parts.return(undefined);
  }
}

async function uploadParts(client: S3Client, target: Target, parts: AsyncGenerator<Uint8Array>): Promise<void> {
  const what = `store ${target.Key}`;
  const { UploadId } = await asked(what, () => client.send(new CreateMultipartUploadCommand(target)));
  const upload = { ...target, UploadId };
  const send = async (PartNumber: number, Body: Uint8Array): Promise<SentPart> => {
    const { ETag } = await asked(what, () => client.send(new UploadPartCommand({ ...upload, PartNumber, Body })));
    return { PartNumber, ETag };
  };
  let underWay: Promise<SentPart> | undefined;
  try {
    const Parts: SentPart[] = [];
    for await (const part of parts) {
      if (underWay) Parts.push(await underWay);
      underWay = send(Parts.length + 1, part);
      // The next part may fail to come first; then this one’s failure is nobody’s.
      underWay.catch(() => undefined);
    }
    if (underWay) Parts.push(await underWay);
    const completion = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
    await asked(what, () => client.send(completion));
  } catch (error) {
    await Promise.allSettled([underWay]);
    // What cannot be taken back either is removed by the bucket's lifecycle rule.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}

async function* chain(known: Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let part = known.shift(); part; part = known.shift()) yield part;
  yield* rest;
}
