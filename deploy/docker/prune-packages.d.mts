export interface UnusedPlace {
  /** The package. */
  readonly of: string;
  /** A pattern within it. */
  readonly place: string;
  readonly because: string;
}

export const unusedPlaces: readonly UnusedPlace[];

export function findUnusedPlaces(nodeModules: string): {
  readonly paths: readonly string[];
  readonly missing: readonly Pick<UnusedPlace, 'of' | 'place'>[];
};
