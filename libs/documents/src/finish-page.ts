import { createHash } from 'node:crypto';
import { isBlank, type DecodedPage, type PageRaster } from '@waybill/document-layout';

const blankRemark = 'The page is blank: there is no ink on it, so nothing was read.';

/** What is done to every decoded page: a blank one has nothing to be recognised, and pictures get their digests. */
export function finishPage(page: DecodedPage): DecodedPage {
  const { raster, pictures, ...rest } = page;
  const digested = pictures?.map((picture) => ({ ...picture, raster: withDigest(picture.raster) }));
  const finished = { ...rest, ...(digested ? { pictures: digested } : {}) };
  if (!raster) return isEmpty(page) ? { ...finished, remarks: [...page.remarks, blankRemark] } : finished;
  if (isBlank(raster)) return { ...finished, remarks: [...page.remarks, blankRemark] };
  return { ...finished, raster: withDigest(raster) };
}

const isEmpty = ({ textLayer, pictures }: DecodedPage): boolean =>
  (textLayer?.words.length ?? 0) === 0 && (pictures?.length ?? 0) === 0;

function withDigest(raster: PageRaster): PageRaster {
  const { data, width, height, channels, dpi } = raster;
  const digest = createHash('sha256').update(`${width} ${height} ${channels} ${dpi}\n`).update(data).digest('hex');
  return { ...raster, digest };
}
