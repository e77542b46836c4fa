// A post as one would describe it in zod: the same fields and limits, formats as regular expressions.

import { z } from 'zod'

const cid = z.string().regex(/^baf[ky]rei[a-z2-7]+$/)
const atUri = z.string().regex(/^at:\/\/[\w.:%-]+(\/[\w.-]+(\/[\w.:~-]+)?)?$/)
const strongRef = z.looseObject({ uri: atUri, cid })
const blob = z.looseObject({
  $type: z.literal('blob'),
  ref: z.object({ $link: cid }),
  mimeType: z.string(),
  size: z.int().positive(),
})
const aspectRatio = z.looseObject({ width: z.int().min(1), height: z.int().min(1) })

const images = z.looseObject({
  $type: z.literal('app.bsky.embed.images'),
  images: z
    .array(z.looseObject({ image: blob, alt: z.string(), aspectRatio: aspectRatio.optional() }))
    .max(4),
})
const video = z.looseObject({
  $type: z.literal('app.bsky.embed.video'),
  video: blob,
  alt: z.string().optional(),
  aspectRatio: aspectRatio.optional(),
})
const external = z.looseObject({
  $type: z.literal('app.bsky.embed.external'),
  external: z.looseObject({
    uri: z.string(),
    title: z.string(),
    description: z.string(),
    thumb: blob.optional(),
  }),
})
const record = z.looseObject({ $type: z.literal('app.bsky.embed.record'), record: strongRef })
const recordWithMedia = z.looseObject({
  $type: z.literal('app.bsky.embed.recordWithMedia'),
  record: z.looseObject({ record: strongRef }),
  media: z.discriminatedUnion('$type', [images, video, external]),
})

const feature = z.discriminatedUnion('$type', [
  z.looseObject({
    $type: z.literal('app.bsky.richtext.facet#mention'),
    did: z.string().regex(/^did:[a-z]+:[\w.:%-]+$/),
  }),
  z.looseObject({ $type: z.literal('app.bsky.richtext.facet#link'), uri: z.string() }),
  z.looseObject({ $type: z.literal('app.bsky.richtext.facet#tag'), tag: z.string().max(640) }),
])
const facet = z.looseObject({
  index: z.looseObject({ byteStart: z.int().min(0), byteEnd: z.int().min(0) }),
  features: z.array(feature),
})

/** The schema of a post. */
export const zodPost: z.ZodType = z.looseObject({
  $type: z.literal('app.bsky.feed.post'),
  text: z.string().max(3000),
  facets: z.array(facet).optional(),
  reply: z.looseObject({ root: strongRef, parent: strongRef }).optional(),
  embed: z
    .discriminatedUnion('$type', [images, video, external, record, recordWithMedia])
    .optional(),
  langs: z.array(z.string()).max(3).optional(),
  labels: z.looseObject({ $type: z.string() }).optional(),
  tags: z.array(z.string().max(640)).max(8).optional(),
  createdAt: z.iso.datetime({ offset: true }),
})
