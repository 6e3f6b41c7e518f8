import { randomUUID } from 'node:crypto';
import { GetBucketLifecycleConfigurationCommand, type LifecycleRule, type S3Client } from '@aws-sdk/client-s3';
import { streams } from '@waybill/contracts';
import type { S3Place } from './s3-settings.js';

const dayMs = 86_400_000;
/** What lies in the bucket must outlive the events that refer to it. */
const leastDays = Math.ceil(streams.events.maxAgeMs / dayMs) + 1;

/** A key that belongs to no tenant, to try with. */
export const trialKey = ({ prefix }: S3Place): string => `${prefix}_doctor/${randomUUID()}`;

/** What should be said about the rules by which the bucket removes things; nothing where they are as they should be. */
export async function lifecycleRemarks(client: S3Client, { bucket, prefix }: S3Place): Promise<string[]> {
  const rules = await rulesOf(client, bucket);
  if (rules === undefined)
    return [`The lifecycle rules of ${bucket} could not be read; allow s3:GetLifecycleConfiguration.`];
  const covering = rules.filter((rule) => rule.Status === 'Enabled' && prefix.startsWith(prefixOf(rule)));
  const days = covering.flatMap(({ Expiration }) => Expiration?.Days ?? []);
  const shortest = Math.min(...days);
  return [
    ...(days.length === 0
      ? [
          `No lifecycle rule removes what is left under ${prefix || 'the bucket'}; add one with an expiration of ${leastDays} days.`,
        ]
      : []),
    ...(shortest < leastDays
      ? [
          `A lifecycle rule removes documents after ${shortest} days, while jobs may need them for ${leastDays}; give it that time.`,
        ]
      : []),
    ...(covering.some(({ AbortIncompleteMultipartUpload: abort }) => abort)
      ? []
      : ['No lifecycle rule removes uploads that broke off; add AbortIncompleteMultipartUpload with 1 day.']),
  ];
}

/** A rule's prefix stands in its filter, or, in older ones, beside it. */
const prefixOf = ({ Filter, Prefix }: LifecycleRule): string => Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? '';

/** Undefined where we may not ask, or the server knows of none. */
async function rulesOf(client: S3Client, Bucket: string): Promise<LifecycleRule[] | undefined> {
  try {
    return (await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules ?? [];
  } catch (error) {
    return error instanceof Error && error.name === 'NoSuchLifecycleConfiguration' ? [] : undefined;
  }
}
