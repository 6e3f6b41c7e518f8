import type { DocumentStructure, PageLayout } from '@waybill/contracts';
import { digestPage, type PageDigest } from './digest-page.js';
import { findRunningBlocks } from './find-running-blocks.js';
import { joinTables } from './join-tables.js';

/** What the pages of each document show only together, from digests in order of documents and pages. */
export function structureDocuments(digests: readonly PageDigest[]): DocumentStructure[] {
  const documents = new Map<number, PageDigest[]>();
  for (const digest of digests) documents.set(digest.document, [...(documents.get(digest.document) ?? []), digest]);
  return [...documents].map(([document, pages]) => {
    const running = findRunningBlocks(pages);
    return { document, running, continuedTables: joinTables(pages, running) };
  });
}

export const structurePages = (pages: readonly PageLayout[]): DocumentStructure[] =>
  structureDocuments(pages.map(digestPage));
