/**
 * Undo: the reversal that a page offers after an action. Each undo action calls one use case, which checks the permission. Owns no tables. Calls
 * {@code billing.wallet, brand, brand.announcement, brand.storefront, catalog, cloud.launch, people.identity, people.notification}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.undo;
