import { isZipWith, officeFormat } from './office/office-format.js';

export const pptx = officeFormat({
  name: 'PowerPoint',
  mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  endings: ['pptx'],
  isIn: (look) => isZipWith(look, '[Content_Types].xml', 'ppt/presentation.xml'),
});
