import { examineDocumentStore } from '@waybill/document-store';
import { fail, ok, warn, type Finding, type Surroundings } from './finding.js';

/** Documents can be written, read and removed where they are to lie. */
export async function checkDocumentStore({ environment }: Surroundings): Promise<Finding[]> {
  const { place, failure, remarks } = await examineDocumentStore(environment);
  if (failure !== undefined) {
    return [
      fail(
        'document store',
        failure,
        'Correct WAYBILL_DOCUMENT_STORE and the WAYBILL_S3_ variables; see docs/data.md.',
      ),
    ];
  }
  if (remarks.length === 0) return [ok('document store', place)];
  return remarks.map((remark) => warn('document store', remark, 'See docs/data.md.'));
}
