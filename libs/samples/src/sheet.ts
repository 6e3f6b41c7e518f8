/** Faces that every PDF reader brings along, so that drawing needs no font files. */
export const sheetFonts = [
  'Courier',
  'Courier-Bold',
  'Helvetica',
  'Helvetica-Bold',
  'Times-Roman',
  'Times-Bold',
] as const;
export type SheetFont = (typeof sheetFonts)[number];

export interface TextRun {
  readonly text: string;
  /** Where the run is anchored, by `align`, in points from the left edge. */
  readonly x: number;
  /** Baseline, in points from the top edge. */
  readonly y: number;
  readonly size: number;
  readonly font: SheetFont;
  readonly align: 'left' | 'center' | 'right';
}

/** A straight line, in points, origin top left. */
export interface SheetRule {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** One page as text and lines at places, in points (1/72 inch), origin top left. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
  readonly rules: readonly SheetRule[];
}

/** A4 in points. */
export const a4 = { width: 595, height: 842 } as const;

/** Writes runs down a sheet, line after line. */
export class SheetPen {
  readonly runs: TextRun[] = [];
  readonly rules: SheetRule[] = [];
  y: number;

  constructor(
    readonly width: number,
    private readonly face: { readonly font: SheetFont; readonly size: number },
    top: number,
  ) {
    this.y = top;
  }

  /** Text at `x` on the current baseline. */
  write(text: string, x: number, how: Partial<Omit<TextRun, 'text' | 'x' | 'y'>> = {}): void {
    this.runs.push({ text, x, y: this.y, align: 'left', ...this.face, ...how });
  }

  /** Moves down by lines of the face's height. */
  down(lines = 1): void {
    this.y += this.face.size * 1.3 * lines;
  }

  /** A horizontal line a little below the current baseline. */
  rule(x0: number, x1: number): void {
    const y = this.y + this.face.size * 0.35;
    this.rules.push({ x0, y0: y, x1, y1: y });
  }

  /** The sheet; without a height it ends `margin` below the last baseline, like a receipt. */
  sheet(height: number = this.y + 24): Sheet {
    return { width: this.width, height, runs: this.runs, rules: this.rules };
  }
}
