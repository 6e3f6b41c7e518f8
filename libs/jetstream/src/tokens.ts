/** The service's one NATS connection (`NatsConnection`). */
export const NATS_CONNECTION = Symbol('NATS_CONNECTION');
/** Port `EventLog` of the jobs library. */
export const EVENT_LOG = Symbol('EVENT_LOG');
/** Port `WorkQueue` of the jobs library. */
export const WORK_QUEUE = Symbol('WORK_QUEUE');
/** Port `BatchQueue` of the jobs library. */
export const BATCH_QUEUE = Symbol('BATCH_QUEUE');
/** Port `QueueGauge` of the jobs library. */
export const QUEUE_GAUGE = Symbol('QUEUE_GAUGE');
/** Port `RoomGauge` of the jobs library. */
export const ROOM_GAUGE = Symbol('ROOM_GAUGE');
/** Port `LaneGauge` of the jobs library. */
export const LANE_GAUGE = Symbol('LANE_GAUGE');
/** `DeadLetterBox`: messages given up, to list, show and replay. */
export const DEAD_LETTER_BOX = Symbol('DEAD_LETTER_BOX');
/** `EventReplay`: every event kept, to rebuild a projection. */
export const EVENT_REPLAY = Symbol('EVENT_REPLAY');
/** `TransportOptions`: which service this is, and how wide its consumers run. */
export const TRANSPORT_OPTIONS = Symbol('TRANSPORT_OPTIONS');
/** Port `AuditLog` of the jobs library. */
export const AUDIT_LOG = Symbol('AUDIT_LOG');
/** Port `MessageEraser` of the jobs library. */
export const MESSAGE_ERASER = Symbol('MESSAGE_ERASER');
/** Port `SharedStates` of the identity library. */
export const SHARED_STATES = Symbol('SHARED_STATES');
