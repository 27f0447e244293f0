/** What adapters to vendors are tried with: vendors that fail in every way, and vendors' own contracts. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider;
