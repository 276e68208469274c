import { eventConstantsFrom } from './event-constants.ts';
import type { EventConstants } from './event-constants.ts';
import { PARAMETER_ROWS } from '../parameter-rows.ts';

let loaded: EventConstants | undefined;

/** The hazards of the published rows. @throws AppError `config.invalid`. */
export function publishedHazards(): EventConstants {
  loaded ??= eventConstantsFrom(PARAMETER_ROWS);
  return loaded;
}
