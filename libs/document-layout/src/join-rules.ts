import { type Extent, extentAround, heightOf, widthOf } from './extent.js';

/** Positions of grid lines and where ink lies along them. */
export interface RuleNet extends Extent {
  readonly horizontals: readonly Extent[];
  readonly verticals: readonly Extent[];
}

/** More ruled lines than this are a drawing, no form or table. */
const mostRules = 3_000;

/** Joins the pieces of ruled lines, then gathers lines that touch each other into nets. */
export function joinRules(rules: readonly Extent[], tolerance: number): RuleNet[] {
  if (rules.length > mostRules) return [];
  const lying = (rule: Extent): boolean => widthOf(rule) >= heightOf(rule);
  const horizontals = joinPieces(rules.filter(lying), tolerance);
  const verticals = joinPieces(rules.filter((rule) => !lying(rule)).map(transposed), tolerance).map(transposed);
  const lines = [...horizontals, ...verticals];
  const nets: RuleNet[] = [];
  const open = new Set(lines);
  for (const start of lines) {
    if (!open.delete(start)) continue;
    const members = [start];
    for (const member of members) {
      for (const other of open) {
        if (lying(other) === lying(member) || !touch(member, other, tolerance)) continue;
        open.delete(other);
        members.push(other);
      }
    }
    const flat = members.filter(lying);
    const standing = members.filter((member) => !lying(member));
    if (members.length >= 4) nets.push({ ...extentAround(members), horizontals: flat, verticals: standing });
  }
  return nets;
}

export const transposed = ({ x0, y0, x1, y1 }: Extent): Extent => ({ x0: y0, y0: x0, x1: y1, y1: x1 });

/** Pieces of horizontal lines at one height that overlap or nearly touch become one. */
function joinPieces(rules: readonly Extent[], tolerance: number): Extent[] {
  const joined: Extent[] = [];
  for (const rule of rules.toSorted((a, b) => a.y0 - b.y0 || a.x0 - b.x0)) {
    let piece = rule;
    for (let at = joined.length - 1; at >= 0; at -= 1) {
      const other = joined[at];
      if (!other || piece.y0 - other.y1 > tolerance) break;
      if (other.x0 > piece.x1 + tolerance || other.x1 < piece.x0 - tolerance) continue;
      joined.splice(at, 1);
      piece = { ...extentAround([other, piece]), y0: other.y0, y1: other.y1 };
    }
    joined.push(piece);
  }
  return joined;
}

const touch = (a: Extent, b: Extent, tolerance: number): boolean =>
  a.x0 <= b.x1 + tolerance && b.x0 <= a.x1 + tolerance && a.y0 <= b.y1 + tolerance && b.y0 <= a.y1 + tolerance;
