/** The settings of an operator, read in one place and validated before anything starts. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.config;
