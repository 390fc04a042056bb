/**
 * The SES event in a queue message, whichever way it came: inside EventBridge's envelope, or bare from SES's topic. Null when it
 * is neither, such as the sentence with which SES tries out a topic that it is given: nothing that could fail.
 */
export function emailEventIn(body: string): unknown {
  const message = parsed(body);
  const isEnvelope = typeof message === 'object' && message !== null && 'detail-type' in message;
  return isEnvelope && 'detail' in message ? message.detail : message;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
