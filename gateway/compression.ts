import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { HttpResponse } from '#kernel/serve';
import { weightOf } from './accept';

/** Below this, packing costs more than sending. */
const BYTES_MIN = 2_048;
const PACKED_TYPE = /^(application\/(graphql-response\+)?json|text\/|image\/svg)/;
/** Answers are made once and sent once: the level at which a processor keeps up with a network. */
const BROTLI_QUALITY = 3;
const GZIP_LEVEL = 4;

const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** Packs a large answer as its client accepts. What is small, packed already or a stream leaves as it is. */
export function compressed(response: HttpResponse, acceptEncoding: string | undefined): HttpResponse | Promise<HttpResponse> {
  const { body, headers = {} } = response;
  if (body === undefined || body.length < BYTES_MIN || headers['content-encoding'] || !PACKED_TYPE.test(headers['content-type'] ?? ''))
    return response;
  const vary = headers['vary'] ? `${headers['vary']}, Accept-Encoding` : 'Accept-Encoding';
  const encoding = bestEncoding(acceptEncoding);
  if (!encoding) return { ...response, headers: { ...headers, vary } };
  const packing =
    encoding === 'br'
      ? pack.br(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
      : pack.gzip(body, { level: GZIP_LEVEL });
  return packing.then(packed => ({ status: response.status, headers: { ...headers, vary, 'content-encoding': encoding }, body: packed }));
}

function bestEncoding(acceptEncoding: string | undefined): 'br' | 'gzip' | null {
  if (!acceptEncoding) return null;
  const [brotli, zip] = [weightOf(acceptEncoding, /^br$/), weightOf(acceptEncoding, /^(x-)?gzip$/)];
  if (brotli === 0 && zip === 0) return null;
  return brotli >= zip ? 'br' : 'gzip';
}
