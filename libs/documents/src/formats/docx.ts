import { isZipWith, officeFormat } from './office/office-format.js';

export const docx = officeFormat({
  name: 'Word',
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  endings: ['docx'],
  isIn: (look) => isZipWith(look, '[Content_Types].xml', 'word/document.xml'),
});
