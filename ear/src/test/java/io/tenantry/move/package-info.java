/** A move of one tenant to another database, by the operators' commands. */
@org.jspecify.annotations.NullMarked
package io.tenantry.move;
