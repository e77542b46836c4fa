import * as atcute from '@atcute/cid'
import { formatCid, parseCid, readCar } from 'atproto.ts/data'
import { CID } from 'multiformats/cid'
import type { Corpus } from '../corpus/corpus.ts'
import type { Row, Side } from '../harness/row.ts'

/** Text to the parts of a CID. */
export const cidParse: Row = {
  name: 'cid-parse',
  title: 'The text of a CID to its codec and digest.',
  cases(corpus) {
    const texts = textsOf(corpus)
    const digestsOf = <Cid>(parse: (text: string) => Cid, digest: (cid: Cid) => Uint8Array) => ({
      run: () => texts.forEach(parse),
      result: () => texts.map((text) => Buffer.from(digest(parse(text))).toString('hex')),
    })
    const sides: [Side, ...Side[]] = [
      {
        name: 'atproto.ts',
        checks: 'version, codec, hash, unused bits',
        ...digestsOf(parseCid, ({ digest }) => digest),
      },
      {
        name: '@atcute/cid',
        checks: 'version, codec, hash',
        ...digestsOf(atcute.fromString, ({ digest }) => digest.contents),
      },
      {
        name: 'multiformats',
        checks: 'that it is a CID of any kind',
        ...digestsOf(
          (text) => CID.parse(text),
          ({ multihash }) => multihash.digest,
        ),
      },
    ]
    return [{ name: 'parse', items: texts.length, sides }]
  },
}

/** The parts of a CID to text. */
export const cidFormat: Row = {
  name: 'cid-format',
  title:
    'The parts of a CID to its text, of which a letter is read: engines put off the joining of texts until then. A CID of multiformats keeps its text, so that side decodes it each time.',
  cases(corpus) {
    const texts = textsOf(corpus)
    const bytes = texts.map((text) => atcute.fromString(text).bytes)
    const sides: [Side, ...Side[]] = [
      formatting('atproto.ts', texts.map(parseCid), formatCid),
      formatting('@atcute/cid', texts.map(atcute.fromString), atcute.toString),
      formatting('multiformats', bytes, (cid) => CID.decode(cid).toString()),
    ]
    return [{ name: 'format', items: texts.length, sides }]
  },
}

function formatting<Cid>(name: string, cids: readonly Cid[], format: (cid: Cid) => string): Side {
  return {
    name,
    checks: 'nothing',
    run: () => cids.forEach((cid) => format(cid).charCodeAt(0)),
    result: () => cids.map((cid) => format(cid)),
  }
}

function textsOf({ repos }: Corpus): string[] {
  return Array.from(readCar(repos[0]!).blocks, ({ cid }) => cid)
}
