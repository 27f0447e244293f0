/** Safe rendering of Markdown that people write for people. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.markdown;
