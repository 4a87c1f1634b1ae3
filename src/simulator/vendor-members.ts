import { isObject } from '../model/json.ts'

const preview = { previewCapability: { state: 'BETA', owner: 'vendor' } }

const marked = (item: unknown): unknown => {
  if (!isObject(item)) return item
  const attributes = item['attributes']
  return { ...item, ...preview, ...(isObject(attributes) && { attributes: { ...attributes, ...preview } }) }
}

/** An answer as the vendor may change it tomorrow: members nobody knows, and in lists of policies a type nobody knows. */
export function withVendorNovelties(body: object, path: string): object {
  if (Array.isArray(body)) return body.map(marked)
  if (!isObject(body)) return body
  const { data } = body
  if (!Array.isArray(data)) return { ...body, ...preview, ...(data !== undefined && { data: marked(data) }) }
  const novelty = path.endsWith('/policies')
    ? [
        {
          id: 'novel-policy',
          type: 'policy',
          attributes: { type: 'quantum-posture', name: 'Preview', status: 'sealed', rule: [] },
        },
      ]
    : []
  return { ...body, ...preview, data: [...data.map(marked), ...novelty] }
}
