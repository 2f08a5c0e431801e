/**
 * Header fields with a meaning of their own (`inspect:header.<name>`): what Chromium and Node send,
 * and what a server and the things between them answer. Groups follow the specifications.
 */
export const HEADER_NAMES = [
  // HTTP itself: RFC 9110, RFC 9112
  'accept accept-charset accept-encoding accept-language accept-ranges allow authentication-info authorization',
  'connection content-encoding content-language content-length content-location content-range content-type date',
  'etag expect from host if-match if-modified-since if-none-match if-range if-unmodified-since keep-alive',
  'last-modified location max-forwards proxy-authenticate proxy-authentication-info proxy-authorization',
  'proxy-connection range referer retry-after server te trailer transfer-encoding upgrade user-agent vary via',
  'www-authenticate mime-version content-disposition content-md5 content-digest repr-digest digest want-digest',
  'accept-patch accept-post link prefer preference-applied early-data priority alt-svc alt-used',
  // Stores: RFC 9111
  'age cache-control expires pragma warning cache-status cdn-cache-control surrogate-control no-vary-search',
  // Cookies: RFC 6265
  'cookie set-cookie',
  // CORS and the Fetch standard
  'origin access-control-request-method access-control-request-headers access-control-request-private-network',
  'access-control-allow-origin access-control-allow-credentials access-control-allow-methods',
  'access-control-allow-headers access-control-allow-private-network access-control-expose-headers',
  'access-control-max-age cross-origin-resource-policy cross-origin-embedder-policy',
  'cross-origin-embedder-policy-report-only cross-origin-opener-policy cross-origin-opener-policy-report-only',
  'timing-allow-origin sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-fetch-storage-access',
  'activate-storage-access sec-purpose purpose sec-gpc dnt origin-agent-cluster xdomainrequestallowed',
  // Server-Sent Events, WebSocket (RFC 6455)
  'last-event-id x-accel-buffering sec-websocket-key sec-websocket-version sec-websocket-extensions',
  'sec-websocket-protocol sec-websocket-accept',
  // Client hints
  'accept-ch critical-ch sec-ch-ua sec-ch-ua-arch sec-ch-ua-bitness sec-ch-ua-form-factors sec-ch-ua-full-version',
  'sec-ch-ua-full-version-list sec-ch-ua-mobile sec-ch-ua-model sec-ch-ua-platform sec-ch-ua-platform-version',
  'sec-ch-ua-wow64 sec-ch-prefers-color-scheme sec-ch-prefers-reduced-motion sec-ch-prefers-reduced-transparency',
  'sec-ch-device-memory sec-ch-dpr sec-ch-viewport-height sec-ch-viewport-width sec-ch-width device-memory dpr',
  'viewport-width width downlink ect rtt save-data',
  // Chromium's own and the web platform's
  'upgrade-insecure-requests service-worker service-worker-allowed service-worker-navigation-preload ping-from',
  'ping-to attribution-reporting-eligible attribution-reporting-support sec-browsing-topics',
  'observe-browsing-topics sec-shared-storage-writable sec-ad-auction-fetch x-client-data available-dictionary',
  'dictionary-id use-as-dictionary sec-speculation-tags speculation-rules supports-loading-mode sec-private-state-token',
  'x-requested-with x-csrf-token x-http-method-override idempotency-key',
  // What a server tells the browser to do
  'content-security-policy content-security-policy-report-only strict-transport-security x-content-type-options',
  'x-frame-options x-xss-protection referrer-policy permissions-policy feature-policy document-policy',
  'clear-site-data refresh server-timing sourcemap x-sourcemap report-to reporting-endpoints nel x-powered-by',
  'x-dns-prefetch-control x-ua-compatible x-robots-tag x-download-options x-permitted-cross-domain-policies p3p',
  // Proxies and tracing
  'forwarded x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto x-real-ip x-request-id',
  'x-correlation-id traceparent tracestate proxy-status x-cache x-served-by',
].flatMap((line) => line.split(' '));

export const KNOWN_HEADERS: ReadonlySet<string> = new Set(HEADER_NAMES);
