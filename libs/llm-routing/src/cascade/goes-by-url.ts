import type { Routing } from '@waybill/contracts';
import type { RouteTable } from '../decision/route-table.js';
import type { ModelRequest } from '../provider/model-request.js';
import { bytesOf, picturesIn } from './lending-provider.js';

/** Whether the pictures of a call are to be lent rather than sent: the provider fetches, the job may, and it is worth it. */
export function goesByUrl(
  { messages }: Pick<ModelRequest, 'messages'>,
  provider: string,
  { sensitivity = 'internal' }: Pick<Routing, 'sensitivity'>,
  { catalog, policy: { pictureUrls } }: RouteTable,
): boolean {
  const card = catalog.providers.find(({ id }) => id === provider);
  if (card?.imageUrls !== true || !pictureUrls.sensitivity.includes(sensitivity)) return false;
  const bytes = picturesIn(messages).reduce((sum, part) => sum + bytesOf(part).byteLength, 0);
  return bytes > pictureUrls.aboveBytes;
}
