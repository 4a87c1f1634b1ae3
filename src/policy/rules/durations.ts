import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { kindNamed, kindNames } from '../../kinds/index.ts'
import { valueAt } from '../../kinds/path.ts'
import { fieldPath } from '../../kinds/resource.ts'
import { textOf } from '../../model/json.ts'
import { parseDuration } from '../../model/duration.ts'
import type { Draft, Rule } from './rule.ts'

/** Durations lie between what the field takes at least and at most. */
export const durations: Rule = folder =>
  kindNames.flatMap(kind => {
    const ranged = Object.entries(kindNamed(kind).fields).flatMap(([path, { range }]) =>
      range === undefined ? [] : [{ path, range }],
    )
    return (folder[kind] as readonly Draft[]).flatMap(({ spec, locate }): readonly Diagnostic[] =>
      ranged.flatMap(({ path, range: [shortest, longest] }) => {
        const value = valueAt(spec, path)
        const minutes = typeof value === 'string' ? parseDuration(value) : undefined
        if (minutes === undefined) return []
        if (minutes >= (parseDuration(shortest) ?? 0) && minutes <= (parseDuration(longest) ?? Infinity)) return []
        const facts = { field: path, value: textOf(value ?? null), limits: `Atlassian takes ${shortest} to ${longest}` }
        return [diagnostic('policy/out-of-range', facts, { span: locate(fieldPath(path)) })]
      }),
    )
  })
