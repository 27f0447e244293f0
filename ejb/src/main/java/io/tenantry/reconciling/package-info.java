/**
 * What vendors have, compared with what services should have, and what is done about the difference. Owns {@code account_reading,
 * finding, power_look}; calls finding, provisioning, provider, work, wallet, notice, audit. A vendor is never asked within a transaction.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.reconciling;
