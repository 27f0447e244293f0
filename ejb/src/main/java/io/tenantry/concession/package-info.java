/**
 * What a reseller gives up for its customers: money put into a wallet by hand and debts that are written off, each with a reason, and above a
 * limit only when somebody else approves. Owns tables {@code concession*}; calls audit, identity, notice, wallet and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.concession;
