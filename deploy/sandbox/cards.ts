import { z } from 'zod';

/*
 * CDS Hooks 2.0.1 answers as an EHR reads them. The sandbox keeps its own reading of the specification, apart from the
 * service's, so that each tests the other.
 */

const coding = z.looseObject({ code: z.string(), system: z.string().optional(), display: z.string().optional() });

const action = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('create'),
    description: z.string(),
    resource: z.looseObject({ resourceType: z.string() }),
  }),
  z.looseObject({
    type: z.literal('update'),
    description: z.string(),
    resource: z.looseObject({ resourceType: z.string(), id: z.string() }),
  }),
  z.looseObject({ type: z.literal('delete'), description: z.string(), resourceId: z.string() }),
]);

const suggestion = z.looseObject({
  label: z.string().min(1),
  uuid: z.string().min(1),
  isRecommended: z.boolean().optional(),
  actions: z.array(action).min(1).optional(),
});

const card = z.looseObject({
  uuid: z.string().min(1),
  summary: z.string().min(1).max(139),
  detail: z.string().optional(),
  indicator: z.enum(['info', 'warning', 'critical']),
  source: z.looseObject({ label: z.string().min(1), url: z.string().optional(), topic: coding.optional() }),
  suggestions: z.array(suggestion).min(1).optional(),
  selectionBehavior: z.enum(['at-most-one', 'any']).optional(),
  overrideReasons: z.array(coding).min(1).optional(),
  links: z.array(z.looseObject({ label: z.string(), url: z.string(), type: z.enum(['absolute', 'smart']) })).optional(),
});

const answer = z.looseObject({ cards: z.array(card) });

const discovery = z.looseObject({
  services: z.array(
    z.looseObject({
      hook: z.string(),
      id: z.string(),
      title: z.string().optional(),
      description: z.string(),
      prefetch: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

export type Card = z.infer<typeof card>;
export type Suggestion = z.infer<typeof suggestion>;
export type Action = z.infer<typeof action>;
export type Service = z.infer<typeof discovery>['services'][number];

/** Reads a discovery answer. @throws ZodError when it breaks the specification. */
export function parseDiscovery(body: unknown): readonly Service[] {
  return discovery.parse(body).services;
}

/** Reads the cards of a hook's answer. @throws ZodError when it breaks the specification. */
export function parseCards(body: unknown): readonly Card[] {
  return answer.parse(body).cards;
}
