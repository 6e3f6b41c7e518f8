import { describe, expect, it } from '@jest/globals';
import { drawMail } from '@waybill/samples';
import { usualLimits } from '../../testing/usual-limits.js';
import { unpackMail } from './unpack-mail.js';

describe('unpackMail', () => {
  it('gives who, when, what, the body, and what is attached', async () => {
    const { text, enclosed } = await unpackMail(
      drawMail('Please pay 60.00.', [
        { name: 'invoice.png', mediaType: 'image/png', bytes: Buffer.from([1, 2, 3]) },
        { name: 'mail.eml', mediaType: 'message/rfc822', bytes: drawMail('Inside.', []) },
      ]),
      usualLimits,
    );
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'From: Ann <ann@shop.test>',
        'Subject: Invoice 17',
        'Attachments: invoice.png, mail.eml',
        'Please pay 60.00.',
      ]),
    );
    expect(enclosed.map(({ name }) => name)).toEqual(['invoice.png', 'mail.eml']);
    expect([...(enclosed[0]?.bytes ?? [])]).toEqual([1, 2, 3]);
    expect(Buffer.from(enclosed[1]?.bytes ?? []).toString()).toContain('Inside.');
  });

  it('reads the body of a mail that is only HTML', async () => {
    const mail =
      'From: a@b.test\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n<p>Total: <b>60.00</b></p><script>no()</script>';
    const { text } = await unpackMail(Buffer.from(mail), usualLimits);
    expect(text).toContain('Total: 60.00');
    expect(text).not.toContain('no()');
  });

  it('leaves signatures out', async () => {
    const signature = { name: 'smime.p7s', mediaType: 'application/pkcs7-signature', bytes: Buffer.from('x') };
    expect((await unpackMail(drawMail('Hello.', [signature]), usualLimits)).enclosed).toEqual([]);
  });

  it('refuses more attachments than the limit, naming it', async () => {
    const file = { name: 'a.png', mediaType: 'image/png', bytes: Buffer.from('x') };
    await expect(
      unpackMail(drawMail('', [file, file, file]), { ...usualLimits, maxAttachments: 2 }),
    ).rejects.toMatchObject({
      failure: { code: 'too-large', message: expect.stringContaining('WAYBILL_MAX_ATTACHMENTS') },
    });
  });

  it('refuses parts within parts without end', async () => {
    let body = 'Content-Type: text/plain\r\n\r\nx';
    for (let depth = 0; depth < 80; depth += 1) {
      body = `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${body}\r\n--b${depth}--\r\n`;
    }
    await expect(unpackMail(Buffer.from(`From: a@b.test\r\n${body}`), usualLimits)).rejects.toMatchObject({
      failure: { code: 'unreadable-document' },
    });
  });
});
