export { connectWaybillNats, type NatsClientOptions } from './connect-waybill-nats.js';
export { followJob, type EventSource } from './follow-job.js';
export { problemSentence, readProblem } from './problem-document.js';
export { parseServerSentEvents, type ServerSentEvent } from './server-sent-events.js';
export type { DocumentWish, SubmissionWish } from './submission-wish.js';
export { WaybillClient, type ClientOptions, type RenderedFormat, type WaitOptions } from './waybill-client.js';
export { WaybillError, type WaybillErrorCode } from './waybill-error.js';
export type { WaybillNatsClient } from './waybill-nats-client.js';
