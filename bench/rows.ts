// The rows by their names. Each is loaded only when it is measured.

import type { Row } from './harness/row.ts'

/** How to load each row. */
export const ROWS: Readonly<Record<string, () => Promise<Row>>> = {
  'cbor-decode': async () => (await import('./rows/cbor-decode.ts')).cborDecode,
  'cbor-encode': async () => (await import('./rows/cbor-encode.ts')).cborEncode,
  'cid-parse': async () => (await import('./rows/cid.ts')).cidParse,
  'cid-format': async () => (await import('./rows/cid.ts')).cidFormat,
  'car-read': async () => (await import('./rows/car-read.ts')).carRead,
  'car-stream': async () => (await import('./rows/car-stream.ts')).carStream,
  'repo-read': async () => (await import('./rows/repo-read.ts')).repoRead,
  'repo-write': async () => (await import('./rows/repo-write.ts')).repoWrite,
  'mst-insert': async () => (await import('./rows/mst.ts')).mstInsert,
  'commit-verify': async () => (await import('./rows/commit-verify.ts')).commitVerify,
  'firehose-decode': async () => (await import('./rows/firehose-decode.ts')).firehoseDecode,
  'firehose-filter': async () => (await import('./rows/firehose-filter.ts')).firehoseFilter,
  'firehose-content': async () => (await import('./rows/firehose-content.ts')).firehoseContent,
  'firehose-full': async () => (await import('./rows/firehose-full.ts')).firehoseFull,
  'firehose-loopback': async () => (await import('./rows/firehose-loopback.ts')).firehoseLoopback,
  'validate-post': async () => (await import('./rows/validate-post.ts')).validatePost,
  'validate-records': async () => (await import('./rows/validate-records.ts')).validateRecords,
  'validate-thread': async () => (await import('./rows/validate-thread.ts')).validateThread,
  'validate-without-eval': async () =>
    (await import('./rows/validate-without-eval.ts')).validateWithoutEval,
  'xrpc-call': async () => (await import('./rows/xrpc-call.ts')).xrpcCall,
  'identity-cached': async () => (await import('./rows/identity.ts')).identityCached,
  'signature-verify': async () => (await import('./rows/signature.ts')).signatureVerify,
  'signature-sign': async () => (await import('./rows/signature.ts')).signatureSign,
}
