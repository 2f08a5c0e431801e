/**
 * Who may talk to the app: its own pages and local tools, no other web site.
 *
 * In: request headers. Out: nothing, or CodedError HOST_REFUSED / ORIGIN_REFUSED.
 * Knows nothing of labs.
 *
 * Two attacks are meant. DNS rebinding: a site's own name resolves to our address, so its pages are
 * same-origin with us; hence the Host must be a name no stranger can own. Drive-by: any site can send
 * requests to `http://localhost:3000`; hence the Origin must be ours and Sec-Fetch-Site must agree.
 */
export { callerOf, checkAccess, checkHost, isNeighbour, type Caller } from './access.ts';
export { contentSecurityPolicy } from './policy.ts';
