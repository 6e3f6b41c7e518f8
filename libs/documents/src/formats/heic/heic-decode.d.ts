/** The part of heic-decode 2.1 that is used here; the package has no types. */
declare module 'heic-decode' {
  interface HeicImage {
    readonly width: number;
    readonly height: number;
    /** Red, green, blue, alpha. */
    decode(): Promise<{ readonly data: Uint8ClampedArray }>;
  }
  type HeicImages = readonly HeicImage[] & { dispose(): void };
  const decode: { all(input: { buffer: Uint8Array }): Promise<HeicImages> };
  export { decode as default };
}
