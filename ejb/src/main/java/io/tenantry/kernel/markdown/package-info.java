/** Safe rendering of Markdown that people write for people. Owns nothing; calls no other package. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.markdown;
