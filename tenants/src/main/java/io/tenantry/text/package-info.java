/** Text from outside: normalizing and refusing characters, host names, amounts. Every package may use it. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.text;
