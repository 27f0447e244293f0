/** Steps back: what a page offers after something was done that can be undone. Owns no data; each step calls one use case, which asks for the right. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.undo;
