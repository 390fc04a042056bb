import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';

export interface ReplyPlace {
  readonly bucketName: string;
  readonly objectKey: string;
}

/** The bucket into which SES puts the mails it receives for us. */
export interface ReplyMailStore {
  /** The raw mail, at most its first megabyte: what a person writes stands before what they attach. Null when it is gone. */
  read(place: ReplyPlace): Promise<Uint8Array | null>;
  remove(place: ReplyPlace): Promise<void>;
}

const maxBytes = 1024 * 1024;

export function replyMailStore(client = new S3Client({})): ReplyMailStore {
  return {
    async read({ bucketName: Bucket, objectKey: Key }) {
      try {
        const Range = `bytes=0-${maxBytes - 1}`;
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range }));
        const bytes = await Body?.transformToByteArray();
        return bytes?.subarray(0, maxBytes) ?? null;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },

    async remove({ bucketName: Bucket, objectKey: Key }) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
  };
}
