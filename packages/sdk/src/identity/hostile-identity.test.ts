// What strangers may put in a resolver's way, each with what it comes to.
import { gzipSync } from 'node:zlib'
import type { ServerResponse } from 'node:http'

import { describe, expect, onTestFinished, test } from 'vitest'

import { IdentityWorld, plcDocument } from '../../test/identity-world.ts'
import type { WorldAnswer, WorldFacts } from '../../test/identity-world.ts'
import { IdentityError } from './index.ts'
import type { IdentityErrorCode, IdentityResolverOptions } from './index.ts'

const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const OTHER = 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb'
const HANDLE = 'alice.example.com'
const WEB_DID = 'did:web:alice.example.com'

type Case = [title: string, identifier: string, code: IdentityErrorCode, facts?: WorldFacts]

async function resolveIn(
  facts: WorldFacts,
  identifier: string,
  options?: IdentityResolverOptions,
): Promise<{ error: unknown; questions: readonly string[] }> {
  const world = await IdentityWorld.open(facts)
  onTestFinished(() => world[Symbol.asyncDispose]())
  const error = await world
    .resolver(options)
    .resolve(identifier)
    .then(
      () => undefined,
      (error: unknown) => error,
    )
  return { error, questions: world.questions }
}

function refuses(cases: readonly Case[], options?: IdentityResolverOptions): void {
  test.each(cases)('%s: %s is %s', async (_title, identifier, code, facts = {}) => {
    const { error } = await resolveIn(facts, identifier, options)
    expect(error).toBeInstanceOf(IdentityError)
    expect((error as IdentityError).code).toBe(code)
  })
}

/** A world where the handle's host answers so. */
const host = (answer: WorldAnswer): WorldFacts => ({
  web: { [`${HANDLE}/.well-known/atproto-did`]: answer },
})
const txt = (...records: (string | string[])[]): WorldFacts => ({
  txt: { [`_atproto.${HANDLE}`]: records },
})
const plc = (answer: WorldAnswer): WorldFacts => ({ web: { [DID]: answer } })
const did = (answer: WorldAnswer): WorldFacts => ({
  web: { [`${HANDLE}/.well-known/did.json`]: answer },
})
const at = (...addresses: string[]): WorldFacts => ({ addresses: { [HANDLE]: addresses } })
const redirect =
  (location: string, status = 302) =>
  (response: ServerResponse) =>
    response.writeHead(status, { location }).end()
const status =
  (code: number, body = '') =>
  (response: ServerResponse) =>
    response.writeHead(code).end(body)

describe('names that are refused before anybody is asked', () => {
  const cases: Case[] = [
    ['an at sign', '@alice.example.com', 'invalid-handle'],
    ['a URI', 'at://alice.example.com', 'invalid-handle'],
    ['no dot', 'localhost', 'invalid-handle'],
    ['a trailing dot', 'alice.example.com.', 'invalid-handle'],
    ['an empty label', 'alice..example.com', 'invalid-handle'],
    ['a port', 'alice.example.com:443', 'invalid-handle'],
    ['a path', 'alice.example.com/x', 'invalid-handle'],
    ['a user', 'alice@example.com', 'invalid-handle'],
    ['a space', 'alice .example.com', 'invalid-handle'],
    ['a line break', 'alice.example.com\n', 'invalid-handle'],
    ['a null byte', 'alice\0.example.com', 'invalid-handle'],
    ['an IDN that is not encoded', 'bücher.example.com', 'invalid-handle'],
    ['letters of full width', 'ａlice.example.com', 'invalid-handle'],
    ['an ideographic full stop', 'alice。example。com', 'invalid-handle'],
    ['nothing', '', 'invalid-handle'],
    ['an endless name', `${'a.'.repeat(100_000)}com`, 'invalid-handle'],
    ['an address', '127.0.0.1', 'invalid-handle'],
    ['an address of one number', '2130706433', 'invalid-handle'],
    ['an address in hexadecimal', '0x7f.0.0.1', 'invalid-handle'],
    ['an address of IPv6', '[::1]', 'invalid-handle'],
    ['a name of multicast DNS', 'printer.local', 'reserved-domain'],
    ['a name of this machine', 'alice.localhost', 'reserved-domain'],
    ['a name of tests', 'alice.test', 'reserved-domain'],
    ['a name of examples', 'alice.example', 'reserved-domain'],
    ['a hidden service', 'alice.onion', 'reserved-domain'],
    ['a name of an own network', 'metadata.google.internal', 'reserved-domain'],
    ['the reverse of an address', '1.0.0.127.in-addr.arpa', 'reserved-domain'],
    ['the invalid handle', 'handle.invalid', 'reserved-domain'],
    ['a reserved domain in capitals', 'ALICE.LOCAL', 'reserved-domain'],

    ['a prefix alone', 'did:', 'invalid-did'],
    ['a method alone', 'did:plc:', 'invalid-did'],
    ['a DID with a fragment', `${DID}#atproto`, 'invalid-did'],
    ['a DID with a path', `${DID}/../export`, 'invalid-did'],
    ['a DID with a query', `${DID}?x`, 'invalid-did'],
    ['a did:plc in capitals', DID.toUpperCase().replace('DID:PLC', 'did:plc'), 'invalid-did'],
    ['a did:plc that is short', 'did:plc:aaaa', 'invalid-did'],
    ['a did:plc of other letters', 'did:plc:000000000000000000000000', 'invalid-did'],
    ['a did:plc with an escape', 'did:plc:%2e%2e%2fexport', 'invalid-did'],
    ['an endless DID', `did:plc:${'a'.repeat(100_000)}`, 'invalid-did'],
    [
      'a did:key',
      'did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc',
      'unsupported-did-method',
    ],
    ['a method of nobody', 'did:example:123', 'unsupported-did-method'],
    ['a did:web with a port', 'did:web:alice.example.com%3A8443', 'invalid-did'],
    ['a did:web with a path', 'did:web:alice.example.com:users:alice', 'invalid-did'],
    ['a did:web with an encoded path', 'did:web:alice.example.com%2Fx', 'invalid-did'],
    ['a did:web with a user', 'did:web:alice.example.com%40evil.example.com', 'invalid-did'],
    ['a did:web in capitals', 'did:web:Alice.example.com', 'invalid-did'],
    ['a did:web of this machine', 'did:web:localhost', 'invalid-did'],
    ['a did:web of a port of this machine', 'did:web:localhost%3A2583', 'invalid-did'],
    ['a did:web of an address', 'did:web:127.0.0.1', 'invalid-did'],
    ['a did:web of a cloud', 'did:web:169.254.169.254', 'invalid-did'],
    ['a did:web of an address in octal', 'did:web:0177.0.0.01', 'invalid-did'],
    ['a did:web of a short address', 'did:web:127.1', 'invalid-did'],
    ['a did:web of an encoded address', 'did:web:%5B%3A%3A1%5D', 'invalid-did'],
    ['a did:web of a reserved domain', 'did:web:pds.internal', 'reserved-domain'],
  ]
  refuses(cases)

  test.each(cases)('%s: nobody is asked', async (_, identifier) => {
    expect((await resolveIn({}, identifier)).questions).toEqual([])
  })
})

describe('development opens this machine, and no more', () => {
  refuses(
    [
      ['an address of a private network', 'did:web:10.0.0.1', 'invalid-did'],
      ['a reserved domain', 'alice.internal', 'reserved-domain'],
      ['a port elsewhere', 'did:web:alice.example.com%3A8443', 'invalid-did'],
      [
        'a redirect to HTTP elsewhere',
        HANDLE,
        'not-https',
        host(redirect('http://bob.example.com/')),
      ],
    ],
    { allowLoopback: true },
  )
})

describe('DNS', () => {
  refuses([
    [
      'records that name different DIDs',
      HANDLE,
      'handle-ambiguous',
      txt(`did=${DID}`, `did=${OTHER}`),
    ],
    [
      'records that name different DIDs, where the host names one',
      HANDLE,
      'handle-ambiguous',
      { ...txt(`did=${DID}`, `did=${OTHER}`), ...host(DID) },
    ],
    ['a space after the sign', HANDLE, 'handle-not-found', txt(`did= ${DID}`)],
    ['spaces before the sign', HANDLE, 'handle-not-found', txt(`did =${DID}`)],
    ['a space at the end', HANDLE, 'handle-not-found', txt(`did=${DID} `)],
    ['a prefix in capitals', HANDLE, 'handle-not-found', txt(`DID=${DID}`)],
    ['no prefix', HANDLE, 'handle-not-found', txt(DID)],
    ['quotes', HANDLE, 'handle-not-found', txt(`did="${DID}"`)],
    ['a DID in capitals', HANDLE, 'handle-not-found', txt(`did=${DID.toUpperCase()}`)],
    ['no DID', HANDLE, 'handle-not-found', txt('did=', 'did=alice')],
    ['a DID that nobody can resolve', HANDLE, 'unsupported-did-method', txt('did=did:example:123')],
    ['no answer', HANDLE, 'dns-failed', { txt: { [`_atproto.${HANDLE}`]: new Error('SERVFAIL') } }],
  ])
})

describe("the handle's host", () => {
  refuses([
    [
      'a page for what is not found, which is a DID',
      HANDLE,
      'handle-not-found',
      host(status(404, DID)),
    ],
    ['a page for what is gone, which is a DID', HANDLE, 'handle-not-found', host(status(410, DID))],
    ['a page for who may not, which is a DID', HANDLE, 'bad-status', host(status(403, DID))],
    ['a redirect that is a DID', HANDLE, 'redirected', host(status(301, DID))],
    ['a server that failed', HANDLE, 'server-error', host(status(500, DID))],
    ['too many requests', HANDLE, 'server-error', host(status(429))],
    ['a page', HANDLE, 'not-a-did', host('<!doctype html><title>did:plc:</title>')],
    ['a DID and more', HANDLE, 'not-a-did', host(`${DID}\n${OTHER}`)],
    ['a DID in quotes', HANDLE, 'not-a-did', host(`"${DID}"`)],
    ['a record of DNS', HANDLE, 'not-a-did', host(`did=${DID}`)],
    ['a DID as JSON', HANDLE, 'not-a-did', host({ did: DID })],
    ['nothing', HANDLE, 'not-a-did', host('')],
    ['no content', HANDLE, 'not-a-did', host(status(204))],
    [
      'bytes that are no text',
      HANDLE,
      'not-a-did',
      host((response) => response.end(Buffer.of(0xff, 0xfe))),
    ],
    ['a body without end', HANDLE, 'body-too-large', host((response) => flood(response))],
    [
      'a body that is cut short',
      HANDLE,
      'unreachable',
      host((response) => {
        response.writeHead(200, { 'content-length': '10' })
        response.write('did', () => response.socket?.end())
      }),
    ],
    [
      'a connection that breaks',
      HANDLE,
      'unreachable',
      host((response) => response.socket?.destroy()),
    ],
    ['a redirect to HTTP', HANDLE, 'not-https', host(redirect('http://bob.example.com/'))],
    ['a redirect to a port', HANDLE, 'not-https', host(redirect('https://bob.example.com:8443/'))],
    ['a redirect to a file', HANDLE, 'not-public', host(redirect('file:///etc/passwd'))],
    ['a redirect to data', HANDLE, 'not-public', host(redirect(`data:text/plain,${DID}`))],
    ['a redirect to this machine', HANDLE, 'not-public', host(redirect('https://localhost/'))],
    ['a redirect to an address', HANDLE, 'not-public', host(redirect('https://127.0.0.1/'))],
    ['a redirect to a number', HANDLE, 'not-public', host(redirect('https://2130706433/'))],
    [
      'a redirect to an address in octal',
      HANDLE,
      'not-public',
      host(redirect('https://0177.0.0.1/')),
    ],
    ['a redirect to a cloud', HANDLE, 'not-public', host(redirect('https://169.254.169.254/'))],
    ['a redirect to IPv6', HANDLE, 'not-public', host(redirect('https://[::ffff:7f00:1]/'))],
    [
      'a redirect to a name without a dot',
      HANDLE,
      'not-public',
      host(redirect('https://intranet/')),
    ],
    ['a redirect to a dot at the end', HANDLE, 'not-public', host(redirect('https://localhost./'))],
    [
      'a redirect to a reserved domain',
      HANDLE,
      'reserved-domain',
      host(redirect('https://a.internal/')),
    ],
    ['a redirect to nowhere', HANDLE, 'redirected', host(redirect('https://'))],
    ['a redirect without an end', HANDLE, 'redirected', host(redirect('/.well-known/atproto-did'))],
    [
      'a redirect to a host that is at home',
      HANDLE,
      'not-public',
      {
        ...host(redirect('https://home.example.com/')),
        addresses: { 'home.example.com': ['192.168.1.1'] },
      },
    ],
  ])
})

describe('addresses behind public names', () => {
  refuses([
    ['loopback', HANDLE, 'not-public', at('127.0.0.1')],
    ['loopback elsewhere in its range', HANDLE, 'not-public', at('127.8.8.8')],
    ['no address', HANDLE, 'not-public', at('0.0.0.0')],
    ['a private network', HANDLE, 'not-public', at('10.1.2.3')],
    ['a network of a carrier', HANDLE, 'not-public', at('100.64.0.1')],
    ['the metadata of a cloud', HANDLE, 'not-public', at('169.254.169.254')],
    ['multicast', HANDLE, 'not-public', at('224.0.0.1')],
    ['loopback of IPv6', HANDLE, 'not-public', at('::1')],
    ['a mapped address', HANDLE, 'not-public', at('::ffff:127.0.0.1')],
    ['a translated address', HANDLE, 'not-public', at('64:ff9b::7f00:1')],
    ['a tunnelled address', HANDLE, 'not-public', at('2002:7f00:1::')],
    ['a unique local address', HANDLE, 'not-public', at('fd00::1')],
    ['a link-local address', HANDLE, 'not-public', at('fe80::1')],
    ['multicast of IPv6', HANDLE, 'not-public', at('ff02::1')],
    ['a private address behind a public one', HANDLE, 'not-public', at('8.8.8.8', '10.0.0.1')],
    ['a document at home', WEB_DID, 'not-public', at('192.168.0.1')],
  ])
})

describe('documents', () => {
  refuses([
    ['none', DID, 'did-not-found'],
    ['none any more', DID, 'did-deactivated', plc(status(410, '{}'))],
    ['a page', DID, 'invalid-document', plc('<!doctype html>')],
    ['nothing', DID, 'invalid-document', plc('')],
    ['a list', DID, 'wrong-document-id', plc([])],
    ['null', DID, 'invalid-document', plc('null')],
    ['a text', DID, 'invalid-document', plc('"did"')],
    ['half a document', DID, 'invalid-document', plc('{"id":"')],
    [
      'a document a hundred thousand deep',
      DID,
      'invalid-document',
      plc(`${'['.repeat(1e5)}${']'.repeat(1e5)}`),
    ],
    ['a document without an id', DID, 'wrong-document-id', plc({})],
    ['a document of another DID', DID, 'wrong-document-id', plc(plcDocument(OTHER))],
    [
      'a document of the DID in capitals',
      DID,
      'wrong-document-id',
      plc(plcDocument(DID.toUpperCase())),
    ],
    ['an id that is a list', DID, 'wrong-document-id', plc({ id: [DID] })],
    ['a document without an end', DID, 'body-too-large', plc((response) => flood(response))],
    [
      'a hundred thousand names',
      DID,
      'body-too-large',
      plc(plcDocument(DID, { alsoKnownAs: Array(1e5).fill('at://alice.example.com') })),
    ],
    ['a gzip bomb', DID, 'body-too-large', plc(bomb)],
    [
      'gzip that is none',
      DID,
      'unreachable',
      plc((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}')),
    ],
    ['a redirect', DID, 'redirected', plc(redirect('https://example.com/'))],
    [
      'a redirect of a did:web',
      WEB_DID,
      'redirected',
      did(redirect('https://bob.example.com/.well-known/did.json')),
    ],
    [
      'a page of a did:web for what is not found',
      WEB_DID,
      'did-not-found',
      did(status(404, JSON.stringify(plcDocument(WEB_DID)))),
    ],
  ])
})

describe('slow hosts are left', () => {
  refuses(
    [
      ['no answer', HANDLE, 'timeout', host(() => {})],
      ['a body that stops', HANDLE, 'timeout', host((response) => response.write('did:'))],
      ['a body that comes in drops', HANDLE, 'timeout', host((response) => drip(response))],
      ['a document that stops', DID, 'timeout', plc((response) => response.write('{'))],
    ],
    { timeout: 50 },
  )

  test('DNS that does not answer', async () => {
    const options = { timeout: 50, dns: () => new Promise<never>(() => {}) }
    expect((await resolveIn({}, HANDLE, options)).error).toMatchObject({ code: 'timeout' })
  })

  test('a fetch that heeds no signal', async () => {
    const options = { timeout: 50, fetch: () => new Promise<never>(() => {}) }
    expect((await resolveIn({}, DID, options)).error).toMatchObject({ code: 'timeout' })
  })
})

describe('odd documents are read as far as they make sense', () => {
  const service = { id: '#atproto_pds', type: 'AtprotoPersonalDataServer' }
  const key = plcDocument(DID).verificationMethod as [object]
  test.each<[string, object, object]>([
    [
      'the first of duplicate services',
      {
        service: [
          { ...service, serviceEndpoint: 'https://one.example.com' },
          { ...service, serviceEndpoint: 'https://two.example.com' },
        ],
      },
      { pds: 'https://one.example.com' },
    ],
    [
      'a service under the whole DID',
      {
        service: [
          { ...service, id: `${DID}#atproto_pds`, serviceEndpoint: 'https://one.example.com' },
        ],
      },
      { pds: 'https://one.example.com' },
    ],
    [
      'services that are none',
      { service: [null, 1, 'x', { ...service, serviceEndpoint: {} }] },
      { pds: undefined },
    ],
    ['services that are no list', { service: { length: 1e9 } }, { pds: undefined }],
    [
      'a service of another type',
      { service: [{ ...service, type: 'Other', serviceEndpoint: 'https://one.example.com' }] },
      { pds: undefined },
    ],
    [
      'names that are none',
      { alsoKnownAs: [null, 1, {}, 'https://x', `at://${HANDLE}/path`] },
      { handle: 'handle.invalid' },
    ],
    ['names that are no list', { alsoKnownAs: `at://${HANDLE}` }, { handle: 'handle.invalid' }],
    [
      'the first name that is a handle',
      { alsoKnownAs: ['https://x', 'at://not_a_handle', `at://${HANDLE}`, 'at://bob.example.com'] },
      { handle: HANDLE },
    ],
    ['keys that are none', { verificationMethod: [null, 1, 'x', {}] }, { signingKey: undefined }],
    ['keys that are no list', { verificationMethod: {} }, { signingKey: undefined }],
    [
      'a key of another controller',
      { verificationMethod: [{ ...key[0], controller: OTHER }] },
      { signingKey: undefined },
    ],
    [
      'a key under the id of another DID',
      { verificationMethod: [{ ...key[0], id: `${OTHER}#atproto` }] },
      { signingKey: undefined },
    ],
    [
      'the first key that is valid',
      { verificationMethod: [{ ...key[0], publicKeyMultibase: 'zzz' }, ...key] },
      { signingKey: expect.any(String) },
    ],
    ['a prototype', { ['__proto__']: { polluted: true } }, { did: DID }],
  ])('%s', async (_, fields, expected) => {
    await using world = await IdentityWorld.open({
      ...txt(`did=${DID}`),
      ...plc(JSON.stringify({ ...plcDocument(DID), ...fields })),
    })
    expect(await world.resolver().resolve(DID)).toMatchObject(expected)
  })
})

test('a redirect is followed to another public host, thrice at the most', async () => {
  const web: WorldFacts['web'] = {
    [`${HANDLE}/.well-known/atproto-did`]: redirect('https://www.example.com/1', 301),
    'www.example.com/1': redirect('/2', 307),
    'www.example.com/2': redirect('https://bob.example.com/3', 308),
    'bob.example.com/3': DID,
  }
  await using world = await IdentityWorld.open({ web })
  expect(await world.resolver().resolveHandle(HANDLE)).toBe(DID)
  world.web['bob.example.com/3'] = redirect('/4')
  world.web['bob.example.com/4'] = DID
  await expect(world.resolver().resolveHandle(HANDLE)).rejects.toMatchObject({ code: 'redirected' })
})

/** Writes for as long as somebody reads. */
function flood(response: ServerResponse): void {
  const piece = Buffer.alloc(16_384, 'a')
  const write = () => {
    while (!response.destroyed && response.write(piece));
  }
  response.on('drain', write)
  write()
}

/** 64 MiB of zeros, in 64 KiB. */
function bomb(response: ServerResponse): void {
  response.writeHead(200, { 'content-encoding': 'gzip' })
  response.end(gzipSync(Buffer.alloc(2 ** 26), { level: 9 }))
}

/** A byte at a time, for ever. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('a'), 10)
  response.on('close', () => clearInterval(timer))
}
