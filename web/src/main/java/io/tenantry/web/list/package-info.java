/**
 * Lists: their state in the address, the visible columns, and the export of the same rows. The pages work without our script; it only adds
 * convenience. Owns no data.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.list;
