import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { openBuckets } from '../../../bin/local/buckets/buckets.ts';
import { s3Answer } from '../../../bin/local/buckets/s3.ts';
import { type Listener, listen } from '../../../bin/local/http/listener.ts';
import { openDatabase } from '../../../bin/local/storage/database.ts';

const listeners: Listener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.close(0);
});

/** The local S3 behind a real listener, spoken to by the real SDK as a function would: with nothing set but its address. */
async function anS3() {
  const buckets = openBuckets(openDatabase(':memory:'), [{ name: 'stage-mail', expiry: [] }], () => 1_000);
  const listener = await listen(0, (error) => {
    throw error;
  });
  listeners.push(listener);
  listener.serve(async (request) => s3Answer(request, buckets));
  return new S3Client({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${listener.port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

const Bucket = 'stage-mail';

describe('the local S3', () => {
  it('keeps an object, whole and in ranges, until it is deleted', async () => {
    const s3 = await anS3();
    const Key = 'replies/a b+ç/1';
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain' }));
    const whole = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await whole.Body?.transformToString()).toBe('hello');
    expect(whole).toMatchObject({ ETag, ContentLength: 5, ContentType: 'text/plain' });
    const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=1-3' }));
    expect([await part.Body?.transformToString(), part.ContentRange]).toEqual(['ell', 'bytes 1-3/5']);
    const more = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-1048575' }));
    expect(await more.Body?.transformToString()).toBe('hello');
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ETag, ContentLength: 5 });
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toBeInstanceOf(NoSuchKey);
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('lists by prefix, in order, a page at a time', async () => {
    const s3 = await anS3();
    for (const Key of ['b/2', 'a/1', 'b/<1>', 'b/3']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'b/', MaxKeys: 2 }));
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['b/2', 'b/3']);
    const rest = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'b/', ContinuationToken: first.NextContinuationToken }),
    );
    expect(rest).toMatchObject({ IsTruncated: false, Contents: [{ Key: 'b/<1>', Size: 1 }] });
  });

  it('knows the buckets of the template only', async () => {
    const s3 = await anS3();
    const put = s3.send(new PutObjectCommand({ Bucket: 'another', Key: 'k', Body: 'x' }));
    await expect(put).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
