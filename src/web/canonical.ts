/**
 * The root of Sextant's own code systems and extensions.
 *
 * `.example` is reserved (RFC 2606): it names things without pretending to be a site that somebody could look up.
 */
export const CANONICAL = 'https://sextant.example';

/** The reverse-DNS prefix of Sextant's CDS Hooks extensions (interop CARD-15). */
export const EXTENSION_PREFIX = 'example.sextant';
