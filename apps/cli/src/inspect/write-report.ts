import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderOverlay } from '@waybill/document-layout';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { fieldsOn, type InspectedFile } from './inspection.js';
import { renderReport } from './report/render-report.js';

/** What was written of a file. */
export interface WrittenReport {
  readonly report: string;
  /** A picture a page that was read, in order. */
  readonly overlays: readonly string[];
}

/**
 * Writes a report, and a picture a page, into a folder of the file's own.
 * @throws CliError `noPermission` when nothing can be written there
 */
export async function writeReport(file: InspectedFile, folder: string): Promise<WrittenReport> {
  try {
    await mkdir(folder, { recursive: true });
    const report = join(folder, 'report.html');
    await writeFile(report, renderReport(file));
    const overlays: string[] = [];
    for (const document of file.documents) {
      for (const page of document.pages) {
        if (page.status === 'failed') continue;
        const { layout, picture, number } = page;
        const path = join(folder, `page-${number}.svg`);
        const fields = fieldsOn(document, page.page);
        await writeFile(path, renderOverlay(layout, { ...(picture ? { image: picture } : {}), fields }));
        overlays.push(path);
      }
    }
    return { report, overlays };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CliError(
      exitCodes.noPermission,
      `The report cannot be written to ${folder} (${code}); name another folder with --out.`,
      { cause: error },
    );
  }
}

/** A folder name for each file: its own name, with a number where several files have it. */
export function folderNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let folder = name;
    for (let count = 2; taken.has(folder.toLowerCase()); count += 1) folder = `${name}-${count}`;
    taken.add(folder.toLowerCase());
    return folder;
  });
}
