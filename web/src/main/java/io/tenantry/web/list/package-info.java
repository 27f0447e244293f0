/**
 * Lists: what stands in their address, which columns are shown, and the same rows as a file. The pages work without our script;
 * it only adds comfort. Owns no data.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.list;
