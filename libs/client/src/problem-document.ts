import { problemSchema, type Problem } from '@waybill/contracts';

/** The problem document (RFC 9457) that a body is; undefined for anything else, such as a proxy's page. */
export function readProblem(body: string): Problem | undefined {
  try {
    return problemSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** Title and detail as one sentence, and below it what is wrong where in the request. */
export function problemSentence({ title, detail, errors }: Pick<Problem, 'title' | 'detail' | 'errors'>): string {
  const where = (errors ?? []).map(
    ({ pointer = '', detail }) => `\n  ${pointer === '' ? '(whole)' : pointer}: ${detail}`,
  );
  const plainTitle = title.trim().replace(/\.$/, '');
  const plainDetail = detail.trim();
  const sentence = plainDetail === '' || plainDetail === title ? `${plainTitle}.` : `${plainTitle}: ${plainDetail}`;
  return `${sentence}${where.join('')}`;
}
