/**
 * Text that comes from outside: cleaning, normalizing and refusing characters, host names, amounts. Owns no data, calls nobody; everything else
 * may use it.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.text;
