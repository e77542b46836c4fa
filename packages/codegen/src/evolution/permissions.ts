// What a set of permissions lets programs do (https://atproto.com/specs/permission#permission-sets).
// A program that was granted a set keeps it while the set changes: that it can do more is what sets
// are for, and that it can do less breaks the program.

import type { LexiconPermission, LexiconPermissionSet } from 'atproto.ts/lexicon'

/**
 * What the newer version of a set no longer allows, a sentence each.
 *
 * @param nsid Of the set, which allows nothing outside the group of its NSID and those below.
 */
export function lostPermissions(
  nsid: string,
  before: LexiconPermissionSet,
  after: LexiconPermissionSet,
): string[] {
  const namespace = nsid.slice(0, nsid.lastIndexOf('.') + 1)
  const now = new Set(grantsOf(after, namespace).map(({ id }) => id))
  const lost = grantsOf(before, namespace).filter(
    // Who may call any service may call the one that is named.
    ({ id, within }) => !now.has(id) && !(within && now.has(within)),
  )
  return [...new Set(lost.map(({ message }) => message))]
}

/** One thing that a program may do. */
interface Grant {
  id: string
  /** A grant that has this one in it. */
  within?: string
  /** What is to say where it is gone. */
  message: string
}

const ACTIONS = ['create', 'update', 'delete']

/** Those who grant permissions have to ignore one with a field or a value that they do not know. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  repo: ['collection', 'action'],
  rpc: ['lxm', 'aud', 'inheritAud'],
}

function grantsOf({ permissions }: LexiconPermissionSet, namespace: string): Grant[] {
  return permissions.flatMap((permission) => {
    const { type: _, resource, description: __, ...parameters } = permission
    const known = Object.hasOwn(FIELDS, resource) ? (FIELDS[resource] ?? []) : []
    if (Object.keys(parameters).some((name) => !known.includes(name))) return []
    return resource === 'repo'
      ? recordGrants(permission, namespace)
      : callGrants(permission, namespace)
  })
}

function recordGrants(permission: LexiconPermission, namespace: string): Grant[] {
  const { collection, action = ACTIONS } = permission as {
    collection?: string[]
    action?: string[]
  }
  const collections = collection?.filter((name) => name.startsWith(namespace)) ?? []
  return collections.flatMap((name) =>
    action.map((verb) => ({
      id: `${verb} ${name}`,
      message: `it allowed to ${verb} records of ${name}`,
    })),
  )
}

function callGrants(permission: LexiconPermission, namespace: string): Grant[] {
  const { lxm, aud, inheritAud } = permission as {
    lxm?: string[]
    aud?: string
    inheritAud?: boolean
  }
  // A set cannot name a service: it is any, or the one that the program names.
  if (aud !== '*' && inheritAud !== true) return []
  return (lxm ?? [])
    .filter((name) => name.startsWith(namespace))
    .map((name) => {
      const any = { id: `${name} *`, message: `it allowed to call ${name} of any service` }
      if (aud === '*') return any
      return { id: name, within: any.id, message: `it allowed to call ${name}` }
    })
}
