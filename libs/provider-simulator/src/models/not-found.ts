import type { HttpAnswer } from './simulated-call.js';

/** OpenAI's answer about something that it does not have. */
export const notFound = (what: string, id: string): HttpAnswer => ({
  status: 404,
  body: {
    error: { message: `No such ${what} object: ${id}`, type: 'invalid_request_error', param: 'id', code: null },
  },
});
