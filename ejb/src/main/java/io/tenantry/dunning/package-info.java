/**
 * Dunning: a reseller's policy of reminders and suspensions, the state of each debt under it, and the resumption after a payment. Owns
 * {@code dunning_policy, dunning_policy_step, dunning_case, dunning_step, dunning_suspension},
 * {@code dunning_pause, dunning_reminder_rule, dunning_reminder}, reads {@code wallet, wallet_event, service, organization} and the recipients
 * of emails; calls wallet, provisioning, mail, notification, workqueue, identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.dunning;
