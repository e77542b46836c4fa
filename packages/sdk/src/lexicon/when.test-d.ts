import type { Typed, UnknownMember } from './index.ts'
import { when } from './index.ts'

type Images = { $type?: 'app.example.embed.images'; images: string[] }
type View = { $type?: 'app.example.defs#view'; text: string }
type OtherView = { $type?: 'app.example.other#view'; size: number }

declare const open: Typed<Images> | Typed<View> | UnknownMember
declare const closed: Typed<Images> | Typed<View>
declare const alike: Typed<View> | Typed<OtherView> | UnknownMember
declare const event:
  | { kind: 'commit'; ops: string[] }
  | { kind: 'info'; name: string }
  | { kind: 'unknown' }

const unknown = () => 0

// Handlers are typed by their key, short or full, and what they return is what comes out.
when(open, {
  images: (embed) => embed.images.length,
  'app.example.defs#view': (embed) => embed.text,
  unknown: (raw) => raw['$type'],
}) satisfies unknown
when(closed, {
  images: (embed) => embed.images,
  view: () => [],
  unknown: () => [''],
}) satisfies string[]
when(event, { commit: ({ ops }) => ops[0], info: ({ name }) => name, unknown: () => '' }) satisfies
  | string
  | undefined

// Where two members share a short name, only the full ones are keys.
when(alike, {
  'app.example.defs#view': (embed) => embed.text.length,
  'app.example.other#view': (embed) => embed.size,
  unknown,
}) satisfies number

// @ts-expect-error a member has no handler
when(open, { images: unknown, unknown })
// @ts-expect-error unknown is always there, in a closed union too
when(closed, { images: unknown, view: unknown })
// @ts-expect-error no member has this name
when(open, { images: unknown, view: unknown, vieww: unknown, unknown })
// @ts-expect-error the short name is not unique
when(alike, { view: unknown, unknown })
// @ts-expect-error a field that the member does not have
when(open, { images: (embed) => embed.text, view: unknown, unknown })

// Comparing $type narrows an open union to the one member.
if (open.$type === 'app.example.defs#view') open.text satisfies string
