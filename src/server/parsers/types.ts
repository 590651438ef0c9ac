import type { MediaType } from './mediaType';

/** A file of a multipart body, in memory. */
export interface Upload {
  /** Name of the form field that carried it. */
  field: string;
  /** As the sender calls it, without folders and control characters; never empty. */
  filename: string;
  /** As the sender declares it. */
  contentType: string;
  content: Buffer;
}

/** What a format makes of a body. */
export interface ParsedBody {
  data: unknown;
  /** Left out: the format carries none. */
  uploads?: Upload[];
}

/** Reads one format. Throws `BODY_MALFORMED` for what isn't in it, `TYPE_NOT_SUPPORTED` for a charset unknown here. */
export type Parser = (body: Buffer, mediaType: MediaType) => ParsedBody;
