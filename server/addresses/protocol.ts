/**
 * Where others reach the app: the contract of `/api/addresses`.
 *
 * In: nothing. Out: origins, the likeliest first.
 */
import { Type, type Static } from 'typebox';

export const AddressesView = Type.Object({
  origins: Type.Array(Type.String({ format: 'uri' }), {
    description:
      'Origins under which other computers may reach the app, the likeliest first. Empty when it listens on loopback only.',
  }),
});
export type AddressesView = Static<typeof AddressesView>;
