import { describe, expect, it } from '@jest/globals';
import { activityOfHour, firstMinute, type MinuteRow } from './activity-of-hour.js';

const now = new Date('2026-05-04T12:30:15.000Z');
const row = (minute: string, status: MinuteRow['status'], jobs: number, pages = 0): MinuteRow => ({
  minute: new Date(`2026-05-04T${minute}:00.000Z`),
  status,
  jobs,
  pages,
});

describe('the last hour by minutes', () => {
  it('has sixty minutes, the last one that of now', () => {
    const { minutes } = activityOfHour([], now);
    expect([minutes.length, minutes[0]?.at, minutes.at(-1)?.at]).toEqual([
      60,
      firstMinute(now).toISOString(),
      '2026-05-04T12:30:00.000Z',
    ]);
  });

  it('puts jobs where they were accepted and where they ended', () => {
    const { minutes, ended } = activityOfHour(
      [
        row('12:30', null, 5),
        row('12:30', 'completed', 2, 7),
        row('12:29', 'failed', 1),
        row('12:29', 'partial', 3, 4),
      ],
      now,
    );
    expect(minutes.at(-1)).toMatchObject({ accepted: 5, completed: 2, otherEnds: 0, pages: 7 });
    expect(minutes.at(-2)).toMatchObject({ accepted: 0, completed: 0, otherEnds: 4, pages: 4 });
    expect(ended).toEqual({ completed: 2, partial: 3, failed: 1, cancelled: 0, expired: 0 });
  });

  it('leaves out what lies outside of it', () => {
    const { minutes, ended } = activityOfHour([row('11:30', 'completed', 9), row('12:31', 'completed', 9)], now);
    expect(minutes.every(({ completed }) => completed === 0)).toBe(true);
    expect(ended.completed).toBe(0);
  });
});
