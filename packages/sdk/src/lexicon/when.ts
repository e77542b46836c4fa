// Takes a union apart, one handler for each of its members.
import type { UnknownType } from './union.ts'

/** What a member of a union is told apart by. */
type Tag<Member> = Member extends { kind: infer Kind extends string }
  ? Kind
  : Member extends { $type: infer Type extends string }
    ? Type
    : never

/** The tags that have handlers of their own: those of the named members. */
type KnownTag<Union> = Exclude<Tag<Union>, UnknownType | 'unknown'>

/** What follows the `#`, else the last segment. */
type ShortName<Type extends string> = Type extends `${string}#${infer Name}`
  ? Name
  : Type extends `${string}.${infer Rest}`
    ? ShortName<Rest>
    : Type

/** The keys under which a tag may be handled: itself, and its short name where no other has it. */
type KeyOf<Type extends string, All extends string> =
  | Type
  | ([{ [Other in All]: ShortName<Other> extends ShortName<Type> ? Other : never }[All]] extends [
      Type,
    ]
      ? ShortName<Type>
      : never)

type AnyKey<All extends string> = { [Type in All]: KeyOf<Type, All> }[All]
type TagOfKey<Key extends string, All extends string> = {
  [Type in All]: Key extends KeyOf<Type, All> ? Type : never
}[All]
type MemberOf<Union, Type> = Union extends unknown
  ? Tag<Union> extends Type
    ? Union
    : never
  : never

/** A handler for any member by any of its keys, and `unknown`, which is always there. */
export type WhenHandlers<Union> = {
  [Key in AnyKey<KnownTag<Union>>]?: (
    member: MemberOf<Union, TagOfKey<Key, KnownTag<Union>>>,
  ) => unknown
} & { unknown: (raw: Record<string, unknown>) => unknown }

/** The tags of the members that no handler is given for. */
type Unhandled<All extends string, Given> = {
  [Type in All]: [KeyOf<Type, All> & Given] extends [never] ? Type : never
}[All]

/** Nothing where the handlers are complete and name no stranger; else an argument nobody can give. */
type Complaint<Union, Handlers> = [Unhandled<KnownTag<Union>, keyof Handlers>] extends [never]
  ? [Exclude<keyof Handlers, AnyKey<KnownTag<Union>> | 'unknown'>] extends [never]
    ? []
    : [
        strangers: {
          'no such member': Exclude<keyof Handlers, AnyKey<KnownTag<Union>> | 'unknown'>
        },
      ]
  : [unhandled: { 'handler missing for': Unhandled<KnownTag<Union>, keyof Handlers> }]

/**
 * Calls the handler for the member of a union that a value is, and gives what it returns. Members
 * are told apart by `kind` where the value has one, else by `$type`. A handler's key is the full
 * `$type`, or what follows its `#`, else its last segment, where that is unique in the union. The
 * compiler asks for a handler of every member and for `unknown`, which gets any value that is none,
 * and of a member of the kind `unknown` what it has as `raw`.
 *
 * A short name looks at no more of the `$type` than itself, so a value of an unknown `$type` that
 * ends alike meets that handler too; use full names for what strangers write.
 *
 * @throws TypeError where the value is not an object.
 * @example
 * ```ts
 * when(embed, {
 *   images: ({ images }) => `${images.length} images`,
 *   external: ({ external }) => external.uri,
 *   unknown: (raw) => `something new: ${raw['$type']}`,
 * })
 * ```
 */
export function when<Union extends object, Handlers extends WhenHandlers<Union>>(
  value: Union,
  handlers: Handlers,
  ..._complaint: Complaint<Union, Handlers>
): ReturnType<Extract<Handlers[keyof Handlers], (...args: never[]) => unknown>> {
  if (typeof value !== 'object' || value === null)
    throw new TypeError('when needs an object to look at')
  const { kind, $type, raw } = value as { kind?: unknown; $type?: unknown; raw?: unknown }
  const tag = String(typeof kind === 'string' ? kind : $type)
  const short = tag.slice(Math.max(tag.lastIndexOf('#'), tag.lastIndexOf('.')) + 1)
  const key = [tag, short].find((name) => Object.hasOwn(handlers, name)) ?? 'unknown'
  const handle = handlers[key as 'unknown'] as (member: Union) => never
  return handle((kind === 'unknown' && (raw as Union)) || value)
}
