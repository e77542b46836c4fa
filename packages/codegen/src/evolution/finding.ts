// What is found when two versions of a lexicon are compared.

/**
 * Whose data a change breaks: old data that the new version refuses, new data that those refuse who
 * know the old version alone, or both; `programs` where it is no data, but what programs may do.
 */
export type Breaks = 'old-data' | 'new-data' | 'both' | 'programs'

/** The name of a rule of evolution, by how it is broken. */
export type Rule =
  | 'document-removed'
  | 'definition-removed'
  | 'type-changed'
  | 'field-required'
  | 'field-optional'
  | 'field-removed'
  | 'null-refused'
  | 'null-allowed'
  | 'limit-narrowed'
  | 'limit-widened'
  | 'values-narrowed'
  | 'values-widened'
  | 'format-narrowed'
  | 'format-widened'
  | 'format-changed'
  | 'mime-types-narrowed'
  | 'mime-types-widened'
  | 'member-removed'
  | 'member-added'
  | 'union-closed'
  | 'union-opened'
  | 'key-narrowed'
  | 'key-widened'
  | 'key-changed'
  | 'body-added'
  | 'body-removed'
  | 'body-described'
  | 'body-not-described'
  | 'encoding-changed'
  | 'permission-removed'

/** Whom it breaks that a rule is broken. */
export const RULES: Readonly<Record<Rule, Breaks>> = {
  'document-removed': 'both',
  'definition-removed': 'both',
  'type-changed': 'both',
  'field-required': 'old-data',
  'field-optional': 'new-data',
  'field-removed': 'new-data',
  'null-refused': 'old-data',
  'null-allowed': 'new-data',
  'limit-narrowed': 'old-data',
  'limit-widened': 'new-data',
  'values-narrowed': 'old-data',
  'values-widened': 'new-data',
  'format-narrowed': 'old-data',
  'format-widened': 'new-data',
  'format-changed': 'both',
  'mime-types-narrowed': 'old-data',
  'mime-types-widened': 'new-data',
  'member-removed': 'old-data',
  'member-added': 'new-data',
  'union-closed': 'old-data',
  'union-opened': 'new-data',
  'key-narrowed': 'old-data',
  'key-widened': 'new-data',
  'key-changed': 'both',
  'body-added': 'both',
  'body-removed': 'both',
  'body-described': 'old-data',
  'body-not-described': 'new-data',
  'encoding-changed': 'both',
  'permission-removed': 'programs',
}

/** A change that breaks a rule. */
export interface Finding {
  /** The NSID of the document. */
  document: string
  /** The way to what changed, in the version that has it; empty for the whole document. */
  path: string
  rule: Rule
  breaks: Breaks
  /** What was, and what is. */
  message: string
}
