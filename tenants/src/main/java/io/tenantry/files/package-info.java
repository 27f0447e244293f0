/** Files of this server that only its operating system user can read. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.files;
