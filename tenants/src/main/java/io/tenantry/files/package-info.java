/** Files of this server that nobody but its user reads. Owns no tables; calls nobody. */
@org.jspecify.annotations.NullMarked
package io.tenantry.files;
