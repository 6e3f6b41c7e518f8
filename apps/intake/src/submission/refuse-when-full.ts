import { StageError, type RoomGauge } from '@waybill/jobs';

const retryAfterMs = 5_000;

/** The queues have no room for another job now. */
export class QueuesFull extends StageError {
  readonly waitMs = retryAfterMs;

  constructor(stream: string) {
    super('unavailable', `The queue ${stream} is full; send the submission again after a few seconds.`, {
      retryable: true,
      retryAfterMs,
    });
  }
}

/** Keeps what could not be kept from being accepted: looked at before anything of a submission is read or stored. */
export class RefuseWhenFull {
  constructor(private readonly room: RoomGauge) {}

  /** @throws QueuesFull; StageError `unavailable` when the room is not known */
  async check(): Promise<void> {
    const stream = await this.room.fullQueue();
    if (stream !== undefined) throw new QueuesFull(stream);
  }
}
