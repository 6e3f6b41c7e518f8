import { isZipWith, officeFormat } from './office/office-format.js';

export const xlsx = officeFormat({
  name: 'Excel',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  endings: ['xlsx'],
  isIn: (look) => isZipWith(look, '[Content_Types].xml', 'xl/workbook.xml'),
});
