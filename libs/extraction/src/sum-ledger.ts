import type { DocumentText } from './document-text.js';
import type { MoneyRole, MoneyRow } from './money-rows.js';
import { readAmounts } from './read-amounts.js';

/** What kinds of sums on the page lead to an amount, each 0..1 by how unlikely it is that they do so by chance. */
export interface Support {
  /** What was handed over, less what came back. */
  readonly paid: number;
  /** Amounts before tax, charges and rounding. */
  readonly built: number;
  /** The things sold. */
  readonly items: number;
  /** The same amount on other rows that may name the total. */
  readonly repeated: number;
}

/** An amount in hundredths, and the row it stands on. */
interface PlacedAmount {
  readonly cents: number;
  readonly row: number;
}

const cent = 1;
/** More amounts of one role than this say nothing about a single total. */
const mostOfRole = 12;
const mostOfSmallRole = 4;
/** Rows between two amounts that belong together, at most. */
const nearRows = 3;

/** Amounts that differ by a cent are the same amount. */
export const sameCents = (a: number, b: number): boolean => Math.abs(a - b) <= cent;

/** The amounts of a document with the roles that their labels give, for asking which sums lead to one of them. */
export class SumLedger {
  private readonly byRole = new Map<MoneyRole, PlacedAmount[]>();
  private readonly printed = new Set<number>();
  /** What neighbouring amounts add up to, and what the second leaves of the first, whatever their labels. */
  private readonly sums = new Map<number, (readonly [number, number])[]>();
  private readonly differences = new Map<number, number[]>();
  /** What amounts of the roles before the total add up to, with the rows they stand on. */
  private readonly builtSums = new Map<number, number[][]>();
  private readonly roundedSums = new Map<number, number[][]>();

  constructor(
    text: DocumentText,
    rows: readonly MoneyRow[],
    readonly itemCents: number | undefined,
  ) {
    for (const { role, amounts, row } of rows) {
      const known = this.byRole.get(role) ?? [];
      const most = role === 'rounding' || role === 'service' ? mostOfSmallRole : mostOfRole;
      for (const { cents } of amounts) if (known.length < most) known.push({ cents, row: row.index });
      this.byRole.set(role, known);
    }
    const all = text.rows.flatMap((row) =>
      readAmounts(row)
        .filter(({ hasDecimals }) => hasDecimals)
        .map(({ cents }) => ({ cents, row: row.index })),
    );
    for (const { cents } of all) this.printed.add(cents);
    for (const [at, first] of all.entries()) {
      for (const second of [all[at + 1], all[at + 2]]) if (second) this.relate(first, second);
    }
    this.build();
  }

  /** Net, charge and tax, and with a rounding either way; and a total with a rounding. */
  private build(): void {
    const nothing = { cents: 0, row: -1 };
    const of = (role: MoneyRole): readonly PlacedAmount[] => this.byRole.get(role) ?? [];
    const roundings = of('rounding').flatMap(({ cents, row }) => [
      { cents, row },
      { cents: -cents, row },
    ]);
    const keep = (into: Map<number, number[][]>, parts: readonly PlacedAmount[]): void => {
      const sum = parts.reduce((total, { cents }) => total + cents, 0);
      gather(
        into,
        sum,
        parts.map(({ row }) => row),
      );
    };
    for (const net of of('subtotal')) {
      for (const charge of [nothing, ...of('service')]) {
        for (const tax of [nothing, ...of('tax')]) {
          if (charge.cents + tax.cents !== 0) keep(this.builtSums, [net, charge, tax]);
          for (const by of roundings) keep(this.roundedSums, [net, charge, tax, by]);
        }
      }
    }
    for (const total of of('total')) {
      for (const by of roundings) if (by.cents !== 0) keep(this.roundedSums, [total, by]);
    }
  }

  private isSumOf(sums: ReadonlyMap<number, readonly number[][]>, cents: number, own: number): boolean {
    return [cents - cent, cents, cents + cent].some((near) => sums.get(near)?.some((rows) => !rows.includes(own)));
  }

  private relate(first: PlacedAmount, second: PlacedAmount): void {
    if (first.cents <= 0 || second.row - first.row > nearRows) return;
    if (second.cents > 0 && second.cents < first.cents) {
      gather(this.sums, first.cents + second.cents, [first.row, second.row] as const);
    }
    if (second.row > first.row && second.cents !== 0) {
      gather(this.differences, first.cents - Math.abs(second.cents), first.row);
    }
  }

  /** Amounts of one role, without those of the row at `except`. */
  cents(role: MoneyRole, except = -1): number[] {
    return (this.byRole.get(role) ?? []).filter(({ row }) => row !== except).map(({ cents }) => cents);
  }

  /** What speaks for `cents`, printed on the row at `own`, being the total. */
  support(cents: number, own: number): Support {
    const items = this.itemCents !== undefined && sameCents(this.itemCents, cents) ? 1 : 0;
    return { paid: this.paid(cents, own), built: this.built(cents, own), items, repeated: this.repeats(cents, own) };
  }

  /** True when the amount and a tax printed beside it add up to another amount that is printed too. */
  hasWithTax(cents: number): boolean {
    const roundings = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
    return this.cents('tax').some((tax) => tax > 0 && roundings.some((by) => this.printed.has(cents + tax + by)));
  }

  /** Which payment leaves this amount, 0..1. */
  paid(cents: number, own: number): number {
    const [cash, change] = [this.cents('cash', own), this.cents('change', own).map(Math.abs)];
    if (change.some((back) => back > 0 && cash.some((given) => sameCents(given - back, cents)))) return 1;
    // The labels of what was paid and what came back are often misread; two amounts below the total rarely fit by chance.
    if (this.differences.get(cents)?.some((row) => row > own)) return 0.9;
    return cash.includes(cents) ? 0.6 : 0;
  }

  private built(cents: number, own: number): number {
    // Rounding leads to the rounded amount, never back.
    const isRounded = cents % 5 === 0;
    if (this.isSumOf(this.builtSums, cents, own)) return 1;
    if (isRounded && this.isSumOf(this.roundedSums, cents, own)) return 1;
    if (this.sums.get(cents)?.some((rows) => !rows.includes(own))) return 0.8;
    const [nets, totals] = [this.cents('subtotal', own), this.cents('total', own)];
    // Cash is rounded to five cents in several countries.
    if (isRounded && [...nets, ...totals].some((size) => size % 5 !== 0 && Math.abs(size - cents) <= 2)) return 0.6;
    return nets.includes(cents) ? 0.5 : 0;
  }

  /** How many other rows that may name the total have the same amount, of at most two; 0..1. */
  private repeats(cents: number, own: number): number {
    const roles: readonly MoneyRole[] = ['total', 'cash', 'count'];
    const alike = roles.flatMap((role) => this.cents(role, own)).filter((other) => other === cents).length;
    return Math.min(2, alike) / 2;
  }
}

/** Of very many that lead to the same amount, some are enough. */
function gather<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const known = map.get(key);
  if (known && known.length >= mostOfRole) return;
  if (known) known.push(value);
  else map.set(key, [value]);
}
