/** Undo: the reversal that a page offers after an action. Owns no data; each undo action calls one use case, which checks the permission. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.undo;
