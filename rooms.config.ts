// The rooms of packages/sdk/src and their order: the one table behind the lint rules and the test
// that holds every room's tsconfig.json to it.

/** For each room, the rooms directly below it. What those reach, it may import too. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  base: [],
  syntax: ['base'],
  data: ['syntax'],
  crypto: ['data'],
  lexicon: ['data'],
  repo: ['crypto'],
  xrpc: ['lexicon', 'crypto'],
  identity: ['xrpc'],
  session: ['identity'],
  publication: ['repo', 'identity'],
  firehose: ['repo', 'identity'],
  bluesky: ['session'],
  ozone: ['xrpc'],
}

/** The rooms that know lexicons by name: they may import the generated modules. */
export const roomsWithLexicons: readonly string[] = ['publication', 'firehose', 'bluesky', 'ozone']

/** Every room that `room` may import, lowest first. */
export function roomsBelow(room: string): string[] {
  const below = new Set<string>()
  for (const next of rooms[room] ?? []) {
    for (const lower of roomsBelow(next)) below.add(lower)
    below.add(next)
  }
  return [...below]
}
