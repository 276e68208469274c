/**
 * Reads an answer of a CDS service against CDS Hooks 2.0.1 and names every clause that it breaks.
 *
 * It knows nothing of how Sextant makes its cards, so it can be run on any answer.
 */
export function checkResponse(text: string, request: Json): readonly string[] {
  const body = JSON.parse(text) as Json;
  if (!Array.isArray(body.cards)) return ['CARD-01: the answer has no cards array'];
  const cards = body.cards as readonly Json[];
  const orders = draftReferences(request);
  return [
    ...emptyValues(body, ''),
    ...(body.systemActions === undefined ? [] : ['SYS-01: no system action may come from a forecast']),
    ...(distinct(cards.map(({ uuid }) => uuid)) ? [] : ['CARD-02: two cards share a uuid']),
    ...(distinct(cards.flatMap(suggestionsOf).map(({ uuid }) => uuid)) ? [] : ['SUG-01: two suggestions share a uuid']),
    ...(inOrderOfUrgency(cards) ? [] : ['CARD-16: cards are not in order of urgency']),
    ...cards.flatMap((card) => [...cardFaults(card), ...suggestionFaults(card, orders, request)]),
  ];
}

type Json = Readonly<Record<string, unknown>>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function cardFaults(card: Json): readonly string[] {
  const source = (card.source ?? {}) as Json;
  const topic = (source.topic ?? {}) as Json;
  const overrides = (card.overrideReasons ?? []) as readonly Json[];
  const suggestions = suggestionsOf(card);
  const recommended = suggestions.filter(({ isRecommended }) => isRecommended === true);
  return broken([
    [UUID.test(String(card.uuid)), 'CARD-02: uuid is not a UUID'],
    [isText(card.summary) && card.summary.length < 140, 'CARD-03: summary is missing or has 140 characters or more'],
    [isText(card.summary) && !/[\n\r]/.test(card.summary), 'CARD-03: summary is more than one line'],
    [card.detail === undefined || !/<[a-z!/]/i.test(JSON.stringify(card.detail)), 'CARD-04: detail holds HTML'],
    [['info', 'warning', 'critical'].includes(String(card.indicator)), 'CARD-05: indicator is unknown'],
    [isText(source.label), 'CARD-06: source.label is missing'],
    [source.url === undefined || isAbsolute(source.url), 'CARD-06: source.url is not absolute'],
    [
      isText(topic.code) && /^[A-Za-z0-9]{1,100}$/.test(topic.code) && isText(topic.system),
      'CARD-08: topic is no Coding',
    ],
    [
      suggestions.length > 0 === (card.selectionBehavior !== undefined),
      'CARD-09: selectionBehavior and suggestions go together',
    ],
    [
      ['at-most-one', 'any', undefined].includes(card.selectionBehavior as string | undefined),
      'CARD-09: selectionBehavior is unknown',
    ],
    [card.selectionBehavior !== 'at-most-one' || recommended.length <= 1, 'CARD-10: more than one is recommended'],
    [
      overrides.every((row) => isText(row.code) && isText(row.system) && isText(row.display)),
      'CARD-11: an override reason is no Coding',
    ],
    [
      Object.keys((card.extension ?? {}) as Json).every((key) => /^[a-z]+(\.[a-z-]+)+$/.test(key)),
      'CARD-15: extension key is not reverse DNS',
    ],
  ]);
}

function suggestionFaults(card: Json, orders: readonly string[], request: Json): readonly string[] {
  return suggestionsOf(card).flatMap((suggestion) => {
    const actions = (suggestion.actions ?? []) as readonly Json[];
    return [
      ...broken([
        [isText(suggestion.label), 'SUG-01: label is missing'],
        [UUID.test(String(suggestion.uuid)), 'SUG-01: uuid is not a UUID'],
        [actions.length > 0, 'SUG-01: actions are empty'],
        [
          isSorted(actions.map(({ type }) => ['delete', 'create', 'update'].indexOf(String(type)))),
          'SUG-02: actions are out of order',
        ],
        [
          suggestion.actionSelectionBehavior === undefined,
          'SUG-08: actionSelectionBehavior is for clients that support it',
        ],
      ]),
      ...actions.flatMap((action) => actionFaults(action, orders, request)),
    ];
  });
}

function actionFaults(action: Json, orders: readonly string[], request: Json): readonly string[] {
  const resource = action.resource as Json | undefined;
  const isDelete = action.type === 'delete';
  const target = isDelete ? action.resourceId : `${String(resource?.resourceType)}/${String(resource?.id)}`;
  const patient = `Patient/${String((request.context as Json).patientId)}`;
  return broken([
    [['create', 'update', 'delete'].includes(String(action.type)), 'SUG-03: action type is unknown'],
    [isText(action.description), 'SUG-03: action has no description'],
    [isDelete || isText(resource?.resourceType), 'SUG-04: action has no resource object'],
    [isDelete !== (action.resource !== undefined), 'SUG-06: a delete has no resource'],
    [action.type !== 'create' || resource?.id === undefined, 'SUG-04: a created resource has no id yet'],
    [action.type === 'create' || orders.includes(String(target)), 'SUG-07: the target is not among the draft orders'],
    [isDelete || resource?.status === 'draft', 'SUG-09: a proposal is a draft'],
    [
      isDelete || ((resource?.subject ?? {}) as Json).reference === patient,
      'SUG-09: a proposal is for another patient',
    ],
    [isDelete || JSON.stringify(resource?.meta ?? {}).includes('"AIAST"'), 'AIP-01: a proposal has no AI label'],
  ]);
}

function draftReferences(request: Json): readonly string[] {
  const bundle = (request.context as Json).draftOrders as { entry?: readonly { resource?: Json }[] } | undefined;
  return (bundle?.entry ?? []).map(({ resource }) => `${String(resource?.resourceType)}/${String(resource?.id)}`);
}

/** Paths of values that JSON of CDS Hooks may not hold: null, "", [] and {} (REQ-06). */
function emptyValues(value: unknown, path: string): readonly string[] {
  const isEmpty = value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  if (isEmpty) return path === 'cards' ? [] : [`REQ-06: ${path} is empty`];
  if (typeof value !== 'object') return [];
  return Object.entries(value as Json).flatMap(([key, child]) =>
    emptyValues(child, path === '' ? key : `${path}.${key}`),
  );
}

function suggestionsOf(card: Json): readonly Json[] {
  return (card.suggestions ?? []) as readonly Json[];
}

function broken(checks: readonly (readonly [boolean, string])[]): readonly string[] {
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isAbsolute(url: unknown): boolean {
  return typeof url === 'string' && URL.canParse(url) && /^https?:/.test(url);
}

function distinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

function isSorted(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || (values[index - 1] ?? -1) <= value);
}

function inOrderOfUrgency(cards: readonly Json[]): boolean {
  return isSorted(cards.map(({ indicator }) => ['critical', 'warning', 'info'].indexOf(String(indicator))));
}
