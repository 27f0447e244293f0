/** Texts that people write for people: Markdown, shown safely. Owns nothing; calls nobody. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.markdown;
