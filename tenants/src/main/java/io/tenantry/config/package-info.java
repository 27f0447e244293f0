/** What an operator can set, read in one place and checked before anything starts. Owns no tables; calls nobody. */
@org.jspecify.annotations.NullMarked
package io.tenantry.config;
