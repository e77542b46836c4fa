// Lexicons of somebody's own, from a document to a program that uses it: outside this repository,
// with the packages as they are published.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeypair } from 'atproto.ts/crypto'
import { PlcDirectory, plcDid, signPlcOperation } from 'atproto.ts/identity'
import { RepoWriter } from 'atproto.ts/repo'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { Consumer } from './consumer.ts'
import type { Ending, Project } from './consumer.ts'
import { Stage } from './stage.ts'
import { TxtRecords } from './txt-records.ts'

// Each test starts a compiler or two, on a machine that may have other things to do.
const PATIENCE = 180_000
vi.setConfig({ testTimeout: PATIENCE })

const PUBLISHED = 'com.atproto.lexicon.schema'

const thing = {
  lexicon: 1,
  id: 'com.example.thing',
  defs: {
    main: {
      type: 'record',
      key: 'tid',
      record: {
        type: 'object',
        required: ['name', 'createdAt'],
        properties: {
          name: { type: 'string', maxLength: 64 },
          size: { type: 'integer', minimum: 0 },
          createdAt: { type: 'string', format: 'datetime' },
          subject: { type: 'ref', ref: 'com.atproto.repo.strongRef' },
        },
      },
    },
  },
}

/** What a program is compiled with that takes types seriously. */
const tsconfig = {
  compilerOptions: {
    module: 'NodeNext',
    target: 'ES2023',
    lib: ['ES2023', 'ESNext.Disposable', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    types: [],
    rootDir: 'src',
    outDir: 'dist',
    declaration: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedDeclarations: true,
    verbatimModuleSyntax: true,
    noUnusedLocals: true,
    skipLibCheck: false,
  },
  include: ['src'],
}

const usage = `
import { ATProto } from 'atproto.ts'
import type { Main as Thing } from './lexicons/com.example.thing.js'

const [service = '', identifier = '', password = ''] = (
  globalThis as unknown as { process: { argv: string[] } }
).process.argv.slice(2)
const atproto = await ATProto.login({ service, identifier, password })
const things = atproto.collection('com.example.thing')
const { data } = await things.create({ name: 'lamp', createdAt: new Date().toISOString() })
const found = await things.get({ uri: data.uri })
const value: Thing = found.data.value
const names: string[] = []
for await (const { value: { name } } of things.list()) names.push(name)
console.log(JSON.stringify({ value, names }))
`

let stage: Stage
let names: TxtRecords
let consumer: Consumer
let project: Project
beforeAll(async () => {
  consumer = await Consumer.install('sdk', 'codegen')
  stage = await Stage.open()
  names = await TxtRecords.serve()
}, PATIENCE)
afterAll(async () => {
  await names[Symbol.asyncDispose]()
  await stage.close()
  await consumer[Symbol.asyncDispose]()
})
beforeEach(async ({ task }) => {
  project = await consumer.open(task.id)
  await project.write({ 'tsconfig.json': JSON.stringify(tsconfig) })
})

async function codegen(...args: string[]): Promise<Ending> {
  return project.run('atproto.ts-codegen', ...args)
}

/** Runs the program with the network of this test in place of the world's. */
async function codegenFromNetwork(...args: string[]): Promise<Ending> {
  const { plcUrl } = stage.network
  const network = ['--plc-url', plcUrl, '--dns-over-https', names.url, '--allow-loopback']
  return codegen(...args, ...network)
}

/** An account that has published documents. */
async function publish(...documents: { id: string }[]): Promise<string> {
  const { account, atproto } = await stage.enter()
  for (const document of documents) {
    const record = { $type: PUBLISHED, ...document }
    await atproto.repo.putRecord({ collection: PUBLISHED, rkey: document.id, record })
  }
  return account.did
}

test('a program writes and reads records of its own lexicon, and cannot write a wrong field', async () => {
  const { account } = await stage.enter()
  await project.write({
    'lexicons/com/example/thing.json': JSON.stringify(thing),
    'src/main.ts': usage,
  })
  expect(await codegen('lexicons', '--out', 'src/lexicons')).toMatchObject({ exitCode: 0 })
  expect(await project.run('tsc')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  const { handle, password } = account
  const { stdout, stderr } = await project.run(
    'node',
    'dist/main.js',
    stage.pds.url,
    handle,
    password,
  )
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual({
    value: { $type: 'com.example.thing', name: 'lamp', createdAt: expect.any(String) as unknown },
    names: ['lamp'],
  })

  await project.write({ 'src/main.ts': usage.replace("name: 'lamp'", 'name: 1') })
  const wrong = await project.run('tsc', '--pretty', 'false')
  expect(wrong.exitCode).not.toBe(0)
  expect(wrong.stdout).toMatch(
    /^src\/main\.ts\(\d+,\d+\): error TS2322: Type 'number' is not assignable to type 'string'/,
  )
})

test('lexicons come from the repositories of their authorities, and then from files', async () => {
  const shared = {
    lexicon: 1,
    id: 'org.other.defs',
    defs: { tag: { type: 'object', properties: { text: { type: 'string' } } } },
  }
  const list = {
    lexicon: 1,
    id: 'com.example.list',
    defs: {
      main: {
        type: 'record',
        key: 'any',
        record: {
          type: 'object',
          required: ['tags'],
          properties: {
            tags: { type: 'array', items: { type: 'ref', ref: 'org.other.defs#tag' } },
            cover: { type: 'ref', ref: 'com.example.thing' },
          },
        },
      },
    },
  }
  const elsewhere = { ...thing, id: 'com.example.deep.thing' }
  const did = await publish(thing, list, elsewhere)
  const otherDid = await publish(shared)
  names.records.set('_lexicon.example.com', `did=${did}`)
  names.records.set('_lexicon.other.org', `did=${otherDid}`)

  const options = ['--out', 'src/lexicons', '--manifest', 'lexicons.manifest.json']
  const first = await codegenFromNetwork('com.example.*', ...options, '--json')
  expect(first).toMatchObject({ exitCode: 0, stderr: '' })
  const files = ['com/example/list.json', 'com/example/thing.json', 'org/other/defs.json']
  expect(JSON.parse(first.stdout)).toMatchObject({
    saved: files.map((file) => `lexicons/${file}`),
    deleted: [],
  })
  expect(JSON.parse(await project.read('lexicons/com/example/thing.json'))).toEqual(thing)
  const manifest = await project.read('lexicons.manifest.json')
  expect(JSON.parse(manifest)).toMatchObject({
    documents: {
      'com.example.thing': {
        file: 'lexicons/com/example/thing.json',
        uri: `at://${did}/${PUBLISHED}/com.example.thing`,
        cid: expect.stringMatching(/^bafyrei/) as unknown,
      },
      'org.other.defs': { uri: `at://${otherDid}/${PUBLISHED}/org.other.defs` },
    },
  })

  // From here on without a network, to the same end.
  expect(await codegen('check', 'lexicons', ...options)).toMatchObject({ exitCode: 0 })
  const again = await codegen('lexicons', ...options)
  expect(again.stdout).toMatch(/: 0 written, 0 deleted, \d unchanged\n$/)
  expect(await project.read('lexicons.manifest.json')).toBe(manifest)
  await project.write({ 'src/main.ts': usage })
  expect(await project.run('tsc')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
})

test('a record that the account has not signed is refused, and nothing is written', async () => {
  const [key, forger] = [await generateKeypair('k256'), await generateKeypair('k256')]
  let car = new Uint8Array()
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/vnd.ipld.car').end(car)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const genesis = await signPlcOperation(
    {
      type: 'plc_operation',
      prev: null,
      rotationKeys: [key.did],
      verificationMethods: { atproto: key.did },
      alsoKnownAs: [],
      services: { atproto_pds: { type: 'AtprotoPersonalDataServer', endpoint } },
    },
    key,
  )
  const did = plcDid(genesis)
  await new PlcDirectory({ url: stage.network.plcUrl }).submit(did, genesis)
  names.records.set('_lexicon.forged.example.com', `did=${did}`)

  const document = { $type: PUBLISHED, ...thing, id: 'com.example.forged.thing' }
  const publishAs = async (keypair: typeof key): Promise<void> => {
    const repo = await RepoWriter.create({ did, keypair })
    const write = { collection: PUBLISHED, rkey: document.id, record: document }
    await repo.applyWrites([{ action: 'create', ...write }])
    car = new Uint8Array(Buffer.concat(await Array.fromAsync(repo.exportCar())))
  }
  await publishAs(forger)
  const refused = await codegenFromNetwork(document.id, '--out', 'src/lexicons')
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.stderr).toMatch(
    /^com\.example\.forged\.thing: did:plc:\w+ gave no valid proof: .*signature/,
  )
  await expect(project.read('lexicons/com/example/forged/thing.json')).rejects.toThrow('ENOENT')
  await expect(project.read(`src/lexicons/${document.id}.ts`)).rejects.toThrow('ENOENT')

  // It was the key alone.
  await publishAs(key)
  expect(await codegenFromNetwork(document.id, '--out', 'src/lexicons')).toMatchObject({
    exitCode: 0,
  })
})
