interface Attached {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** An e-mail with a text and attachments, as mail programs send it (RFC 5322, RFC 2045). */
export function drawMail(text: string, attached: readonly Attached[]): Buffer {
  const boundary = `part-${attached.length}-${text.length}`;
  const parts = attached.map(({ name, mediaType, bytes }) => {
    const isMail = mediaType === 'message/rfc822';
    const content = isMail ? Buffer.from(bytes).toString('latin1') : Buffer.from(bytes).toString('base64');
    return (
      `Content-Type: ${mediaType}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
      `Content-Transfer-Encoding: ${isMail ? '7bit' : 'base64'}\r\n\r\n${content}`
    );
  });
  const body = [`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`, ...parts];
  return Buffer.from(
    'From: Ann <ann@shop.test>\r\nTo: bob@buyer.test\r\nDate: Tue, 01 Jan 2030 10:00:00 +0000\r\nSubject: Invoice 17\r\n' +
      `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n` +
      `${body.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`,
    'latin1',
  );
}
