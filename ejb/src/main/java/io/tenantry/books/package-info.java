/**
 * A reseller's books as its accountant wants them: what accounts held and what moved in any days, and the entries of them. Owns no data; calls
 * identity, ledger, listing, money and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.books;
