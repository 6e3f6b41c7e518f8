/** Objects of one decoding thread, in megabytes; pixels, documents and PDFs are counted by limits of their own. */
export const decoderHeapMb = 1_024;
