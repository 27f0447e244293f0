/**
 * Text from outside: normalizing and refusing characters, host names, amounts. Owns no data; calls no other package, and every package may use
 * it.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.text;
