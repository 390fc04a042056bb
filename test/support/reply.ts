/** What SES says of a mail it has received and kept in a bucket, every proof of its sender in order. */
export function aReplyNotification({
  recipients = ['somebody@reply.orchard.example'],
  verdicts = {},
  source = 'ana@example.com',
}: {
  recipients?: readonly string[];
  verdicts?: Partial<Record<'spam' | 'virus' | 'spf' | 'dkim' | 'dmarc', string>>;
  source?: string;
} = {}) {
  const { spam = 'PASS', virus = 'PASS', spf = 'PASS', dkim = 'PASS', dmarc = 'PASS' } = verdicts;
  return {
    notificationType: 'Received',
    mail: { timestamp: '2026-11-03T09:30:00.000Z', messageId: 'received-1', source, destination: recipients },
    receipt: {
      timestamp: '2026-11-03T09:30:01.000Z',
      processingTimeMillis: 900,
      recipients,
      spamVerdict: { status: spam },
      virusVerdict: { status: virus },
      spfVerdict: { status: spf },
      dkimVerdict: { status: dkim },
      dmarcVerdict: { status: dmarc },
      action: { type: 'S3', topicArn: 'arn:aws:sns:::replies', bucketName: 'replies', objectKey: 'received-1' },
    },
  };
}

/** A raw mail with these headers, over the usual ones; a header of `null` is left out. */
export function aRawReply(headers: Readonly<Record<string, string | null>> = {}, body = 'Yes, call me.'): Buffer {
  const all = {
    'Return-Path': '<ana@example.com>',
    From: 'Ana Souza <ana@example.com>',
    To: 'somebody@reply.orchard.example',
    Subject: 'Re: Your trial',
    'Message-ID': '<reply-1@example.com>',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return Buffer.from([...lines, '', body].join('\r\n'));
}
