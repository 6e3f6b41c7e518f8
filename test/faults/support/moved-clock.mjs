/**
 * Preloaded into a service: its clock jumps at every SIGUSR2, forward by WAYBILL_FAULT_CLOCK_MS, then back by twice as much, and so
 * on. Timers go on as they were, as they do when somebody sets the clock of a machine.
 */
const jumpMs = Number(process.env.WAYBILL_FAULT_CLOCK_MS);
const RealDate = globalThis.Date;
let movedMs = 0;

globalThis.Date = class MovedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + movedMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + movedMs;
  }
};

process.on('SIGUSR2', () => {
  movedMs = movedMs > 0 ? -jumpMs : jumpMs;
});
