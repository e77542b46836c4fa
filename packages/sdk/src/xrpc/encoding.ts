// The one encoding that is not passed on as bytes.

/** @internal The MIME type of JSON bodies. */
export const JSON_ENCODING = 'application/json'
