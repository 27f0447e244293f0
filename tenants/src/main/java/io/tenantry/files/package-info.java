/** Files of this server that only its operating system user can read. Owns no tables; calls no other package. */
@org.jspecify.annotations.NullMarked
package io.tenantry.files;
