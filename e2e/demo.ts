// The main job of the SDK, step by step, against a real PDS: one that it starts in this process, or,
// with ATPROTO_IDENTIFIER and ATPROTO_PASSWORD set, that of an account of yours. For one on a network
// of your own, set ATPROTO_PLC to its PLC directory.
import { ATProto, isXrpcError, paginate, type LoginOptions } from 'atproto.ts'
import { IdentityResolver } from 'atproto.ts/identity'
import { sessionService } from 'atproto.ts/session'
import { Lookout, type Sighting } from './demo-firehose.ts'
import { startNetwork } from './network.ts'
import { Steps, type Say } from './steps.ts'

const POSTS = 'app.bsky.feed.post'
const PAGE = 5
const LISTED = 12

const { ATPROTO_SERVICE, ATPROTO_IDENTIFIER, ATPROTO_PASSWORD, ATPROTO_PLC } = process.env
const steps = new Steps()

try {
  if (ATPROTO_IDENTIFIER) await showOnOwnAccount(ATPROTO_IDENTIFIER)
  else await showOnNewAccount()
} catch (error) {
  // A step that fails has told why.
  if (steps.failed === 0) console.log(`\n${String(error)}`)
  process.exitCode = 1
}
console.log(`\n${steps.summary}.`)

/** A PDS and an account that exist for as long as the demo runs. */
async function showOnNewAccount(): Promise<void> {
  console.log('What atproto.ts is for, on a network of its own: nothing leaves this machine.')
  const network = await steps.run(
    'Start a PDS and a PLC directory, in this process',
    'A Personal Data Server (PDS) keeps accounts; the directory tells which PDS keeps whose.',
    async (say) => {
      const started = await startNetwork()
      say(`the PDS is ${started.pds.url}, the directory ${started.plcUrl}`)
      return started
    },
  )
  try {
    const service = network.pds.url
    const account = { handle: 'alice.test', email: 'alice@mail.test', password: 'hunter2' } as const
    await steps.run(
      'Create an account',
      'Its handle is its name, which may change; its DID is its identity, which never does.',
      async (say) => {
        const { data } = await ATProto.anonymous({ service }).server.createAccount(account)
        say(`${data.handle} is ${data.did}`)
      },
    )
    const login = { service, identifier: account.handle, password: account.password }
    const atproto = await logIn(login)
    await steps.run(
      `Write ${LISTED - 1} posts in one commit`,
      'Many writes at once either all happen or none does.',
      async (say) => {
        const writes = Array.from({ length: LISTED - 1 }, (_, index) => ({
          $type: 'com.atproto.repo.applyWrites#create' as const,
          collection: POSTS as typeof POSTS,
          value: { $type: POSTS, ...newPost(`Post number ${index + 1}`) },
        }))
        const { data, status } = await atproto.repo.applyWrites({ writes })
        const uris = (data.results ?? []).flatMap((result) => ('uri' in result ? result.uri : []))
        say(`${status}: ${uris.length} posts, from ${uris[0]} on`)
        say(`commit ${data.commit?.cid}`)
      },
    )
    await showPosts(atproto, network.plcUrl)
    const refreshed = await steps.run(
      'Make a hundred calls at once with a token that has expired',
      'Tokens live for an hour or two. The SDK gets a new one, once, and makes each call again.',
      async (say) => surviveExpiry(atproto, (jwt) => network.pds.expire(jwt), say),
    )
    await logOut(refreshed)
  } finally {
    await network.close()
  }
  console.log(`
To run it on an account of yours (it writes one post and deletes it again):
   ATPROTO_IDENTIFIER=you.bsky.social ATPROTO_PASSWORD=xxxx-xxxx-xxxx-xxxx npm run demo
Use an app password (in Bluesky: Settings, Privacy and security). Where the account is not with
bsky.social, say where: ATPROTO_SERVICE=https://pds.example.com`)
}

/** A real account. What needs control over its PDS is skipped. */
async function showOnOwnAccount(identifier: string): Promise<void> {
  if (!ATPROTO_PASSWORD) throw new Error('Set ATPROTO_PASSWORD too, best to an app password.')
  const service = ATPROTO_SERVICE || 'bsky.social'
  console.log(`What atproto.ts is for, as ${identifier} at ${service}.`)
  console.log('It writes one post to that account and deletes it again.')
  const atproto = await logIn({ service, identifier, password: ATPROTO_PASSWORD })
  await showPosts(atproto, ATPROTO_PLC)
  steps.skip(
    'Make a hundred calls at once with a token that has expired',
    'only its PDS can make a token expire. Run the demo without an account to see it.',
  )
  await logOut(atproto)
}

function logIn(login: LoginOptions): Promise<ATProto> {
  return steps.run(
    `Log in as ${login.identifier}`,
    'The session is plain JSON: store it, and go on with it later without the password.',
    async (say) => {
      const atproto = await ATProto.login(login)
      const { did, didDoc } = atproto.session ?? {}
      say(`logged in as ${did}${didDoc ? ', with its DID document' : ''}`)
      return atproto
    },
  )
}

/**
 * Writes a post, reads it, lists it among others and deletes it, whatever happens on the way; and
 * shows what the firehose tells of that.
 *
 * @param plcUrl of a network of its own.
 */
async function showPosts(atproto: ATProto, plcUrl?: string): Promise<void> {
  const posts = atproto.collection(POSTS)
  const text = 'Hello from atproto.ts'
  const lookout = await subscribe(atproto, plcUrl)
  try {
    const { uri } = await steps.run(
      'Write a post',
      'A record gets an at:// URI, which says whose it is, and a CID, the hash of its content.',
      async (say) => {
        const { data, status } = await posts.create(newPost(text))
        say(`${status}: ${data.uri}`)
        say(`CID ${data.cid}`)
        return data
      },
    )
    try {
      await steps.run(
        'See it arrive on the firehose',
        'An event proves what it says: hashes lead from the record to a commit, which is signed.',
        async (say) => {
          const sighting = await lookout.see('create', uri)
          const { record } = sighting.op
          if (record?.['text'] !== text) throw new Error('the text is another one')
          saySighting(sighting, `create, “${record['text']}”`, say)
        },
      )
      await steps.run(
        'Read it back',
        'The collection knows the type of its records: value.text is a string to the compiler.',
        async (say) => {
          const { data, status } = await posts.get({ uri })
          if (data.value.text !== text) throw new Error(`the text reads: ${data.value.text}`)
          say(`${status}: “${data.value.text}”, written ${data.value.createdAt}`)
        },
      )
      await steps.run(
        `List the newest posts, ${PAGE} a page`,
        'A cursor leads from page to page; paginate follows it for as long as you go on.',
        async (say) => listPosts(atproto, uri, say),
      )
    } finally {
      await steps.run('Delete it', 'Afterwards the PDS knows no such record.', async (say) => {
        const { status } = await posts.delete({ uri })
        say(`${status}: deleted ${uri}`)
        const gone = await posts.get({ uri }).catch((error: unknown) => error)
        if (!isXrpcError(gone, 'RecordNotFound')) throw new Error('it is still there')
        say(`${gone.status}: ${gone.error}, when it is read again`)
      })
    }
    await steps.run(
      'See that on the firehose, too',
      'Who has a copy learns that it shall go, and that it is the author who says so.',
      async (say) => saySighting(await lookout.see('delete', uri), 'delete', say),
    )
  } finally {
    await lookout.close()
  }
}

function subscribe({ did, session }: ATProto, plcUrl: string | undefined): Promise<Lookout> {
  return steps.run(
    "Subscribe to the account's PDS",
    'Its firehose tells of every change in the repositories it keeps, as it happens.',
    async (say) => {
      if (!did || !session) throw new Error('there is no session')
      const service = sessionService(session)
      const identity = new IdentityResolver({ plcUrl, allowLoopback: plcUrl !== undefined })
      const lookout = await Lookout.open(service, did, identity)
      say(`listening to ${service.replace('http', 'ws')}`)
      return lookout
    },
  )
}

function saySighting({ event, signingKey }: Sighting, what: string, say: Say): void {
  const { seq, commit, verification } = event
  if (verification?.inversion !== 'verified' || verification.signature !== 'verified') {
    throw new Error('not all of it could be verified')
  }
  say(`event ${seq}: ${what}`)
  say(`content verified: it is all that commit ${commit} did`)
  say(`signature verified: by the account's key ${signingKey}`)
}

async function listPosts(atproto: ATProto, uri: string, say: Say): Promise<void> {
  let pages = 0
  const found: string[] = []
  const list = (cursor?: string) => {
    pages++
    return atproto.repo.listRecords({ collection: POSTS, limit: PAGE, cursor })
  }
  for await (const record of paginate(list, (page) => page.records)) {
    found.push(record.uri)
    if (found.length === LISTED) break
  }
  if (!found.includes(uri)) throw new Error('the new post is not among them')
  say(`${found.length} posts in ${pages} pages, ${found[0]} first`)
}

/** Goes on in the session with an access token that has expired, and counts what that takes. */
async function surviveExpiry(
  atproto: ATProto,
  expire: (jwt: string) => string,
  say: Say,
): Promise<ATProto> {
  const { session } = atproto
  if (!session) throw new Error('there is no session')
  let refreshes = 0
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url.endsWith('com.atproto.server.refreshSession')) refreshes++
    return globalThis.fetch(input, init)
  }
  const stale = { ...session, accessJwt: expire(session.accessJwt) }
  const late = ATProto.fromSession(stale, { fetch })
  const calls = Array.from({ length: 100 }, async () => late.server.getSession())
  const outcomes = await Promise.allSettled(calls)
  const answered = outcomes.filter(({ status }) => status === 'fulfilled').length
  say(`${answered} of 100 calls answered, after ${refreshes} refresh`)
  if (answered < 100 || refreshes !== 1) throw new Error('it should take one refresh, and no more')
  return late
}

async function logOut(atproto: ATProto): Promise<void> {
  await steps.run('Log out', 'The PDS forgets the session.', async (say) => {
    const { did } = atproto
    await atproto.server.deleteSession()
    say(`the session of ${did} has ended`)
  })
}

function newPost(text: string): { text: string; createdAt: string } {
  return { text, createdAt: new Date().toISOString() }
}
