// Values with a fault that every library finds, near their beginning or their end.

type Fault = (value: Record<string, unknown>) => void

const NO_DATE: Fault = (value) => delete value['createdAt']
const BAD_DATE: Fault = (value) => (value['createdAt'] = 'yesterday')

const FAULTS: Record<string, Fault[]> = {
  post: [
    NO_DATE,
    BAD_DATE,
    (value) => (value['text'] = 5),
    (value) => (value['langs'] = 'en'),
    (value) => (value['tags'] = [1]),
    (value) => (value['reply'] = { root: 5 }),
    (value) => (value['facets'] = [{ features: [] }]),
    (value) => (value['embed'] = { $type: 'app.bsky.embed.images' }),
  ],
  like: [
    NO_DATE,
    BAD_DATE,
    (value) => (value['subject'] = 'at://'),
    (value) => (value['subject'] = { uri: 'nowhere', cid: 'none' }),
  ],
  profile: [
    BAD_DATE,
    (value) => (value['displayName'] = 5),
    (value) => (value['description'] = 'x'.repeat(3000)),
    (value) => (value['pinnedPost'] = {}),
  ],
}

/** The values, each with one of the faults of its kind. */
export function withFaults(kind: string, values: readonly unknown[]): unknown[] {
  const faults = FAULTS[kind] ?? []
  return values.map((value, i) => {
    const copy = structuredClone(value) as Record<string, unknown>
    faults[i % faults.length]?.(copy)
    return copy
  })
}
