export * from './draw-samples.js';
export * from './invent-document.js';
export { drawBmp, type BmpDrawing } from './bmp.js';
export { drawEncryptedPdf } from './encrypted-pdf.js';
export { drawMail } from './mail.js';
export * from './invent-picture.js';
export * from './draw-test-page.js';
export { sampleAnswers, sampleQuestions } from './sample-questions.js';
