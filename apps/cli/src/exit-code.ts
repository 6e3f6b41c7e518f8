/** What each exit code of `waybill` means; docs/cli.md lists them. From 65 on they are those of sysexits.h. */
export const exitCodes = {
  ok: 0,
  /** A job that was waited for ended failed, cancelled or expired; or a check of `doctor` failed. */
  jobFailed: 1,
  usage: 2,
  /** Every job that was waited for has answers, but at least one of them is partial. */
  partial: 3,
  /** The service understood the request and refused what it contains. */
  refused: 65,
  /** No such file, job or dead letter. */
  notFound: 66,
  unavailable: 69,
  bug: 70,
  tryLater: 75,
  noPermission: 77,
  configuration: 78,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
