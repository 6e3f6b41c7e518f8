/** Lets work that holds bytes in memory begin only while all of it together stays within a budget. */
export class ByteBudget {
  private heldBytes = 0;
  private readonly waiting: { readonly sizeBytes: number; readonly begin: () => void }[] = [];

  constructor(private readonly budgetBytes: number) {}

  /** Runs `work` when there is room for `sizeBytes`, in order of calls; what exceeds the budget runs alone. */
  async hold<Value>(sizeBytes: number, work: () => Promise<Value>): Promise<Value> {
    const claimed = Math.min(sizeBytes, this.budgetBytes);
    await new Promise<void>((begin) => {
      this.waiting.push({ sizeBytes: claimed, begin });
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.heldBytes -= claimed;
      this.admit();
    }
  }

  private admit(): void {
    for (
      let next = this.waiting[0];
      next && this.heldBytes + next.sizeBytes <= this.budgetBytes;
      next = this.waiting[0]
    ) {
      this.waiting.shift();
      this.heldBytes += next.sizeBytes;
      next.begin();
    }
  }
}
