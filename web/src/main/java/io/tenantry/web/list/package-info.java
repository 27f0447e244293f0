/**
 * Lists: their state in the address, the visible columns, and the export of the same rows. The pages work without our script; it only adds
 * convenience. Owns no tables. Calls {@code people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.list;
